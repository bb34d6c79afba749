"""What panel and status bar say. No Qt."""

from msgspec import Struct

from claims_vertical.claims import CLAIM, amount_of
from workloom.api import OptionSet, Services


class Settlement(Struct, frozen=True, kw_only=True):
    """A claim as the panel shows it. `steps`: what is still to be done, in order; empty = it can be settled."""

    is_claim: bool
    amount: str = ""
    covers: str = ""
    steps: tuple[str, ...] = ()


def settlement_of(services: Services, options: OptionSet, item: str) -> Settlement:
    """How far a claim is. Asks the services; blocks."""
    claim = services.items.get(item).item
    if not CLAIM.fits(claim):
        return Settlement(is_claim=False)
    needed = (("Contract", "Enter the contract."), ("Cause", "Choose the cause."), ("Amount", "Enter the amount."))
    steps = [words for field, words in needed if claim.attached.get(field) in (None, "")]
    if not claim.disposition:
        steps.append("Choose a disposition.")
    limit = options.number("claims.large-amount")
    return Settlement(is_claim=True, amount=_euro(amount_of(claim)), covers=_euro(limit), steps=tuple(steps))


def open_claims_of(services: Services) -> str:
    """The agent's open claims and what they come to. Blocks."""
    claims = [item for item in services.items.open_items() if CLAIM.fits(item)]
    total = sum(map(amount_of, claims))
    words = "1 claim" if len(claims) == 1 else f"{len(claims)} claims"
    return f"{words}, {_euro(total)}" if claims else "No claims"


def _euro(amount: float) -> str:
    return f"{amount:,.2f} €".replace(".00 ", " ")
