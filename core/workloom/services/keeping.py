"""Writing a decision down: the record, its notes and its events, in the transaction that made it."""

from workloom.domain.interaction import Interaction
from workloom.domain.moves_base import Decision
from workloom.services.ports import Transaction


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
