"""What panel and status bar say, in the language of the agent. No Qt."""

from msgspec import Struct

from claims_vertical.claims import LARGE, amount_of, is_claim
from workloom.api import Context


class Settlement(Struct, frozen=True, kw_only=True):
    """A claim as the panel shows it. `steps`: what is still to be done, in order; empty = it can be settled."""

    is_claim: bool
    amount: str = ""
    limit: str = ""
    steps: tuple[str, ...] = ()


def settlement_of(context: Context, item: str) -> Settlement:
    """How far a claim is. Asks the services; blocks."""
    say, claim = context.translate, context.services.items.get(item).item
    if not is_claim(claim):
        return Settlement(is_claim=False)
    needed = {
        "Contract": say("Enter the contract."),
        "Cause": say("Choose the cause."),
        "Amount": say("Enter the amount."),
    }
    steps = [words for field, words in needed.items() if claim.attached.get(field) in (None, "")]
    if not claim.disposition:
        steps.append(say("Choose a disposition."))
    limit = _euro(context.options().number("claims.large-amount"))
    return Settlement(
        is_claim=True,
        amount=_euro(amount_of(claim)),
        limit=say("Any amount") if context.may(LARGE) else limit,
        steps=tuple(steps),
    )


def open_claims_of(context: Context) -> str:
    """The agent's open claims and what they come to. Blocks."""
    say = context.translate
    claims = [item for item in context.services.items.open_items() if is_claim(item)]
    if not claims:
        return say("No claims")
    total = _euro(sum(map(amount_of, claims)))
    if len(claims) == 1:
        return say("1 claim, {total}", total=total)
    return say("{count} claims, {total}", count=len(claims), total=total)


def _euro(amount: float) -> str:
    return f"{amount:,.2f} €".replace(".00 ", " ")
