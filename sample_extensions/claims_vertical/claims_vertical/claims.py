"""The type “insurance claim”: its case data, its dispositions, and what Done needs. In the language of the agent."""

from collections.abc import Callable, Sequence

from workloom.api import AttributeValue, Context, Interaction
from workloom_workitem.api import Problem, WorkItemType

SUBTYPE, LARGE = "insurance-claim", "Can Settle Large Claims"


def claim_type(say: Callable[[str], str]) -> WorkItemType:
    """The declaration. `say` translates."""

    def entry(name: str, title: str, *values: AttributeValue) -> AttributeValue:
        return AttributeValue(name=name, title=say(title), values=values)

    causes = (entry("Water", "Water"), entry("Fire", "Fire"), entry("Storm", "Storm"), entry("Theft", "Theft"))
    hint = say("Expected such as HP-2041.")
    return WorkItemType(
        id="claims_vertical.claim",
        media_type="claim",
        subtypes=(SUBTYPE,),
        fields=(
            AttributeValue(
                name="Contract", title=say("Contract"), required=True, pattern=r"[A-Z]{2}-\d{4,8}", hint=hint
            ),
            AttributeValue(name="Cause", title=say("Cause"), type="enum", values=causes),
            AttributeValue(name="LossDate", title=say("Date of loss"), type="date"),
            AttributeValue(name="Amount", title=say("Amount"), type="float", unit="€", required=True),
        ),
        dispositions=(
            entry("settled", "Settled", entry("paid-in-full", "Paid in full"), entry("paid-in-part", "Paid in part")),
            entry("declined", "Declined", entry("not-covered", "Not covered"), entry("fraud", "Suspected fraud")),
            entry("withdrawn", "Withdrawn by the customer"),
        ),
        needs_disposition=True,
    )


def is_claim(item: Interaction) -> bool:
    """Whether an item is an insurance claim."""
    return item.media_type == "claim" and item.subtype == SUBTYPE


def amount_of(claim: Interaction) -> float:
    """The amount in €, 0 as long as there is none."""
    return float(str(claim.attached.get("Amount") or 0))


def problems(context: Context, item: Interaction) -> Sequence[Problem]:
    """What stands against Done beside what the type says: a large amount needs somebody who may settle it."""
    limit = context.options().number("claims.large-amount")
    if not is_claim(item) or amount_of(item) <= limit or context.may(LARGE):
        return ()
    needed = context.translate("Claims above {limit} € need the privilege {privilege}.", limit=limit, privilege=LARGE)
    return (Problem(text=needed, field="Amount"),)
