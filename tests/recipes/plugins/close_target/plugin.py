"""Closing puts an item into another workbin than the usual one."""

from collections.abc import Sequence

from workloom.api import Attempt, Context, Gate, PlaceInWorkbin, Verdict, hook, instead


class CloseTarget:
    """One gate that carries out another command."""

    @hook
    def gates(self, context: Context) -> Sequence[Gate]:
        """What stands before that other command is asked as well."""

        def before(attempt: Attempt) -> Verdict:
            return instead(PlaceInWorkbin(item=attempt.item.id, workbin="waiting"))

        return (Gate(id="close_target.waiting", before=before),)
