"""Contact history: of the contact beside the open item, of the agent, and over all items."""

from collections.abc import Sequence
from functools import partial

from workloom.api import Context, HistoryScope, Region, View, hook, privileges


class ContactHistory:
    """Hooks of the plugin."""

    @hook
    def views(self, context: Context) -> Sequence[View]:
        """The contact beside an item, My history, and the search over all items."""
        from workloom_contact_history.views.contact import ContactPanel
        from workloom_contact_history.views.main import HistoryView

        mine = partial(HistoryView, context, "My history", HistoryScope.MINE, "contact.myhistory-displayed-columns")
        every = partial(HistoryView, context, "Search items", HistoryScope.ALL, "contact.history-displayed-columns")
        return (
            View(
                id="contact-history.contact",
                title="Contact",
                region=Region.ITEM_CONTEXT,
                make_for=partial(ContactPanel, context),
                icon="user-round",
                privilege=privileges.CONTACT_INFORMATION,
                order=100,
            ),
            View(
                id="contact-history.mine",
                title="My history",
                region=Region.MAIN,
                make=mine,
                icon="history",
                privilege=privileges.MY_HISTORY,
                rail=True,
                order=200,
            ),
            View(
                id="contact-history.search",
                title="Search items",
                region=Region.MAIN,
                make=every,
                icon="search",
                privilege=privileges.INTERACTION_SEARCH,
                rail=True,
                order=300,
            ),
        )
