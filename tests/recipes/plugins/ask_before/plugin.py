"""Asks the agent before a claim is put away or sent on."""

from collections.abc import Sequence

from workloom.api import Attempt, Context, Gate, Verdict, ask, hook


class AskBefore:
    """One gate before two commands."""

    @hook
    def gates(self, context: Context) -> Sequence[Gate]:
        """A claim with an estimate goes only if the agent says so again."""

        def before(attempt: Attempt) -> Verdict | None:
            estimate = attempt.item.attached.get("Estimate")
            if not estimate:
                return None
            return ask("Let it go?", f"The estimate of {estimate} is not settled yet.", "Let it go")

        return (Gate(id="ask_before.sending", before=before),)
