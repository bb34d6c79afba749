"""An entry of one's own in the status menu, in the place of *Not ready* and its reasons."""

from collections.abc import Sequence

from workloom.api import Action, Context, Presence, Subject, hook


class StatusMenu:
    """One action; the filter that puts it in place stands in the manifest."""

    @hook
    def actions(self, context: Context) -> Sequence[Action]:
        """Not ready with a reason of one's own, on the channel of the entry or on all."""

        def run(subject: Subject, _anchor: object) -> None:
            context.desktop.set_state(Presence.NOT_READY, reason="Lunch", media_type=subject.media_type)

        return (Action(id="status_menu.lunch", run=run),)
