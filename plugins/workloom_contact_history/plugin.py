"""Contact history: of the contact beside the open item, of the agent, and over all items."""

from collections.abc import Sequence
from functools import partial
from weakref import WeakKeyDictionary

from workloom.api import Context, HistoryScope, Region, View, hook, privileges
from workloom_contact_history.focus import VIEW, Focus


class ContactHistory:
    """Hooks of the plugin. Whose history is shown is kept for each agent's context."""

    def __init__(self) -> None:
        self._focus: WeakKeyDictionary[Context, Focus] = WeakKeyDictionary()

    @hook
    def views(self, context: Context) -> Sequence[View]:
        """The contact beside an item, My history, and the search over all items."""
        from workloom_contact_history.views.contact import ContactPanel
        from workloom_contact_history.views.main import HistoryView

        focus = self._focus.setdefault(context, Focus())
        knows_contacts = context.may(privileges.CONTACT_INFORMATION)
        return (
            View(
                id="contact-history.contact",
                title="Contact",
                region=Region.ITEM_CONTEXT,
                make_for=partial(ContactPanel, context, focus),
                icon="user-round",
                privilege=privileges.CONTACT_INFORMATION if knows_contacts else privileges.CONTACT_HISTORY,
                order=100,
            ),
            View(
                id=VIEW,
                title="My history",
                region=Region.MAIN,
                make=partial(HistoryView, context, HistoryScope.MINE, focus),
                icon="history",
                privilege=privileges.MY_HISTORY,
                rail=True,
                order=200,
            ),
            View(
                id="contact-history.search",
                title="Search items",
                region=Region.MAIN,
                make=partial(HistoryView, context, HistoryScope.ALL, Focus()),
                icon="search",
                privilege=privileges.INTERACTION_SEARCH,
                rail=True,
                order=300,
            ),
        )
