"""Writing a decision down: the record, its notes and its events, in the transaction that made it."""

from workloom.domain.interaction import Interaction
from workloom.domain.moves_base import Decision
from workloom.domain.moves_offers import offer_made
from workloom.services.ports import Transaction
from workloom.services.ports_due import Reservation, Waiting


def keep(transaction: Transaction, before: Interaction, decision: Decision) -> Interaction:
    """Save what was decided on `before`. Raises Stale if the record is not that one any more.

    Whose last item goes is idle from this moment.
    """
    after = decision.item
    if after != before:
        transaction.items.save(after, before=before)
    for note in decision.notes:
        transaction.notes.insert(note)
    transaction.events.append(decision.events)
    if before.assigned_to and before.assigned_to != after.assigned_to and decision.events:
        transaction.sessions.idle_if_free(before.assigned_to, decision.events[0].at)
    return after


class Written:
    """What a round of routing writes, in the order in which it was decided. Offers of one kind go together."""

    def __init__(self, transaction: Transaction) -> None:
        self.transaction = transaction
        self._offers: list[Reservation] = []

    def offer(self, reservation: Reservation) -> None:
        """An offer that changes what is known beforehand."""
        self._offers.append(reservation)

    def keep(self, item: Interaction, decision: Decision) -> None:
        """Any other decision."""
        self.write()
        keep(self.transaction, item, decision)

    def whole(self, item: Waiting) -> Interaction:
        """All of an item that was read in this round."""
        self.write()
        whole = self.transaction.items.get(item.id)
        assert whole is not None, item.id
        return whole

    def write(self) -> None:
        """Write the offers that wait: before anything else is written, and at the end."""
        if self._offers:
            offers, self._offers = self._offers, []
            self.transaction.items.reserve(offers)
            self.transaction.events.append([offer_made(each.item, each.offer) for each in offers])
