"""Done waits for a disposition, by whatever way it is reached."""

from collections.abc import Sequence

from workloom.api import Attempt, Context, Gate, Verdict, hook, refuse


class BlockDone:
    """One gate."""

    @hook
    def gates(self, context: Context) -> Sequence[Gate]:
        """Refuses until a disposition is chosen."""

        def before(attempt: Attempt) -> Verdict | None:
            return None if attempt.item.disposition else refuse("Choose a disposition first.")

        return (Gate(id="block_done.disposition", before=before),)
