"""Dispositions of one site, below those of the type."""

from collections.abc import Sequence

from claims_vertical.claims import claim_type, is_claim
from workloom.api import AttributeValue, Context, Interaction


def outcomes(context: Context, item: Interaction) -> Sequence[AttributeValue]:
    """Those of the type and then those that the site has set; none if it has set none, so that the type's hold."""
    more = context.options().words("claims.more-dispositions") if is_claim(item) else ()
    if not more:
        return ()
    return (*claim_type(context.translate).dispositions, *(AttributeValue(name=name, title=name) for name in more))
