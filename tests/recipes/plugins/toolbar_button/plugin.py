"""A button in the toolbar of an open item, which attaches data to it."""

from collections.abc import Sequence

from workloom.api import ENABLED, Action, ActionState, Context, SetProperties, Subject, disabled, hook


class ToolbarButton:
    """One action."""

    @hook
    def actions(self, context: Context) -> Sequence[Action]:
        """Marks the item once; then the button says why it cannot again."""

        def run(subject: Subject, _anchor: object) -> None:
            context.change(SetProperties(item=subject.item.id, changes={"Thanked": "yes"}))

        return (Action(id="toolbar_button.thank", run=run, state=state),)


def state(subject: Subject) -> ActionState:
    """Asked at each refresh of the toolbar: it must not block."""
    return disabled("The customer was thanked already.") if "Thanked" in subject.item.attached else ENABLED
