"""Contact history: of the contact beside the open item, of the agent, and over all items."""

from collections.abc import Sequence
from functools import partial
from weakref import WeakKeyDictionary

from workloom.api import Context, HistoryScope, View, hook, privileges
from workloom_contact_history.focus import VIEW, Focus


class ContactHistory:
    """Hooks of the plugin. Whose history is shown is kept for each agent's context."""

    def __init__(self) -> None:
        self._focus: WeakKeyDictionary[Context, Focus] = WeakKeyDictionary()

    @hook
    def views(self, context: Context) -> Sequence[View]:
        """The contact beside an item, My history, and the search over all items."""
        focus = self._focus.setdefault(context, Focus())
        knows_contacts = context.may(privileges.CONTACT_INFORMATION)
        return (
            View(
                id="contact-history.contact",
                make_for=partial(_contact_panel, context, focus),
                privilege=privileges.CONTACT_INFORMATION if knows_contacts else privileges.CONTACT_HISTORY,
            ),
            View(
                id=VIEW,
                make=partial(_history, context, HistoryScope.MINE, focus),
            ),
            View(
                id="contact-history.search",
                make=partial(_history, context, HistoryScope.ALL, Focus()),
            ),
        )


def _contact_panel(context: Context, focus: Focus, item: str) -> object:
    """Its modules are imported when it is first shown, not with the login."""
    from workloom_contact_history.views.contact import ContactPanel

    return ContactPanel(context, focus, item)


def _history(context: Context, scope: HistoryScope, focus: Focus) -> object:
    """Likewise."""
    from workloom_contact_history.views.main import HistoryView

    return HistoryView(context, scope, focus)
