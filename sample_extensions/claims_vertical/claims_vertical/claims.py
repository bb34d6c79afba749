"""The type “insurance claim”: its case data, its dispositions, and what Done needs."""

from collections.abc import Sequence

from workloom.api import AttributeValue, Context, Interaction
from workloom_workitem.api import Problem, WorkItemType

LARGE = "Can Settle Large Claims"
CLAIM = WorkItemType(
    id="claims_vertical.claim",
    media_type="claim",
    subtypes=("insurance-claim",),
    fields=(
        AttributeValue(name="Contract", required=True, pattern=r"[A-Z]{2}-\d{4,8}", hint="Expected such as HP-2041."),
        AttributeValue(name="Cause", type="enum", choices=("Water", "Fire", "Storm", "Theft")),
        AttributeValue(name="LossDate", title="Date of loss", type="date"),
        AttributeValue(name="Amount", type="float", unit="€", required=True),
    ),
    dispositions=(
        AttributeValue(
            name="settled",
            title="Settled",
            values=(
                AttributeValue(name="paid-in-full", title="Paid in full"),
                AttributeValue(name="paid-in-part", title="Paid in part"),
            ),
        ),
        AttributeValue(
            name="declined",
            title="Declined",
            values=(
                AttributeValue(name="not-covered", title="Not covered"),
                AttributeValue(name="fraud", title="Suspected fraud"),
            ),
        ),
        AttributeValue(name="withdrawn", title="Withdrawn by the customer"),
    ),
    needs_disposition=True,
)


def amount_of(claim: Interaction) -> float:
    """The amount in €, 0 as long as there is none."""
    return float(str(claim.attached.get("Amount") or 0))


def problems(context: Context, item: Interaction) -> Sequence[Problem]:
    """What stands against Done beside what the type says: a large amount needs somebody who may settle it."""
    limit = context.options().number("claims.large-amount")
    if not CLAIM.fits(item) or amount_of(item) <= limit or context.may(LARGE):
        return ()
    return (Problem(text=f"Claims above {limit:,} € need the privilege {LARGE}. Transfer it.", field="Amount"),)
