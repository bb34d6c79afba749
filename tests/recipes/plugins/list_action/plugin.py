"""An action for the rows of workbins and of the history."""

from workloom.api import Action, AddNote, Context, Subject, hook


class ListAction:
    """One action; where it stands says the manifest."""

    @hook
    def actions(self, context: Context) -> list[Action]:
        """Leaves a note on every chosen row."""

        def run(subject: Subject, _anchor: object) -> None:
            context.change_all([AddNote(item=row.item.id, text="Seen.") for row in subject.rows], lambda _all: None)

        return [Action(id="list_action.note", run=run)]
