"""The hooks: what the extension brings to the desktop."""

from collections.abc import Sequence
from functools import partial

from claims_vertical.claims import claim_type, problems
from workloom.api import Context, Interaction, View, hook
from workloom_workitem.api import Problem, WorkItemType


class ClaimsVertical:
    """A work item type, what Done needs of it, a panel and an entry of the status bar."""

    @hook
    def work_item_types(self, context: Context) -> Sequence[WorkItemType]:
        """Insurance claims, in the language of the agent."""
        return (claim_type(context.translate),)

    @hook
    def work_item_problems(self, context: Context, item: Interaction) -> Sequence[Problem]:
        """Rules that no field can say."""
        return problems(context, item)

    @hook
    def views(self, context: Context) -> Sequence[View]:
        """The panel beside a claim, and the sum of the open ones."""
        from claims_vertical.views import open_claims, settlement

        return (
            View(id="claims_vertical.settlement", make_for=partial(settlement, context)),
            View(id="claims_vertical.open", make=partial(open_claims, context)),
        )
