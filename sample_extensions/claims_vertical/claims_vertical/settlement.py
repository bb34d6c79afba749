"""What the view of a claim and the status bar say, in the language of the agent. No Qt."""

from msgspec import Struct

from claims_vertical.claims import LARGE, amount_of, is_claim
from workloom.api import Context


class Step(Struct, frozen=True, kw_only=True):
    """What a settlement needs. `field`: where it is entered, empty = the disposition."""

    title: str
    is_done: bool
    field: str = ""


class Settlement(Struct, frozen=True, kw_only=True):
    """How far a claim is: its amount, up to what the agent may settle, and the steps in order."""

    amount: str
    limit: str
    steps: tuple[Step, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing is left to be done."""
        return all(step.is_done for step in self.steps)


def settlement_of(context: Context, item: str) -> Settlement:
    """How far a claim is. Asks the services; blocks."""
    say, claim = context.translate, context.services.items.get(item).item
    fields = {"Contract": say("Contract"), "Cause": say("Cause"), "Amount": say("Amount")}
    steps = [
        Step(title=title, field=field, is_done=claim.attached.get(field) not in (None, ""))
        for field, title in fields.items()
    ]
    any_amount = context.may(LARGE)
    limit = _euro(context.options().number("claims.large-amount"))
    return Settlement(
        amount=_euro(amount_of(claim)),
        limit=say("You may settle any amount") if any_amount else say("You may settle up to {limit}", limit=limit),
        steps=(*steps, Step(title=say("Disposition"), is_done=bool(claim.disposition))),
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
