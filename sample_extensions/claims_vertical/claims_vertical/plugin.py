"""The hooks: what the extension brings to the desktop."""

from collections.abc import Sequence
from functools import partial

from claims_vertical.claims import SUBTYPE, claim_type, problems
from workloom.api import AttributeValue, Context, Interaction, InteractionView, View, hook
from workloom_workitem.api import Problem, WorkItemType


class ClaimsVertical:
    """A work item type, what Done needs of it, its own view and an entry of the status bar."""

    @hook
    def work_item_types(self, context: Context) -> Sequence[WorkItemType]:
        """Insurance claims, in the language of the agent."""
        return (claim_type(context.translate),)

    @hook
    def work_item_problems(self, context: Context, item: Interaction) -> Sequence[Problem]:
        """Rules that no field can say."""
        return problems(context, item)

    @hook
    def interaction_views(self, context: Context) -> Sequence[InteractionView]:
        """The view of a claim."""
        from claims_vertical.views import claim_view

        make = partial(claim_view, context)
        return (InteractionView(id="claims_vertical.claim", make=make, media_types=("claim",), subtypes=(SUBTYPE,)),)

    @hook
    def views(self, context: Context) -> Sequence[View]:
        """The sum of the open claims."""
        from claims_vertical.views import open_claims

        return (View(id="claims_vertical.open", make=partial(open_claims, context)),)

    @hook
    def work_item_dispositions(self, context: Context, item: Interaction) -> Sequence[AttributeValue]:
        """What a site has of its own."""
        from claims_vertical.outcomes import outcomes

        return outcomes(context, item)
