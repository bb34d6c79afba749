"""Greets the agent after the login with what waits."""

from workloom.api import Context, Interaction, Notice, hook


class AfterLogin:
    """Reacts once for each agent who logs in."""

    @hook
    def session_started(self, context: Context) -> None:
        """The window stands, all that plugins bring is there. Reads in the background, then says."""

        def say(items: tuple[Interaction, ...]) -> None:
            context.notify(Notice(title="Good morning", text=f"{len(items)} items are open."))

        context.read(context.services.items.open_items, say)
