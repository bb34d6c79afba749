"""Opens the web page that an item names, when the agent accepts it."""

from functools import partial

from workloom.api import Context, Event, EventKind, Notice, Tone, hook
from workloom.api.ui import kit


class ScreenPop:
    """Reacts to an event; what it needs is read off the UI thread."""

    @hook
    def interaction_changed(self, context: Context, event: Event) -> None:
        """Called for every event that the agent may know of: look first whether it is one of yours."""
        if event.kind is EventKind.ACCEPTED:
            context.read(partial(page_of, context, event.item), partial(pop, context))


def page_of(context: Context, item: str) -> str:
    """The page that an item of this agent names, empty if none. Blocks."""
    found = context.services.items.get(item).item
    mine = found.assigned_to == context.services.configuration.me().name
    return str(found.attached.get(context.options().text("screen-pop.key"), "")) if mine else ""


def pop(context: Context, page: str) -> None:
    """Open the page; an address that may not be opened is refused by the kit."""
    if page and not kit(context).open_address(page):
        context.notify(Notice(title="The page of the item cannot be opened", text=page, tone=Tone.WARNING))
