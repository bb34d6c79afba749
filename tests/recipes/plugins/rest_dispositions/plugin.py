"""A disposition tree that a REST service knows."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.request import urlopen

from workloom.api import AttributeValue, Context, Interaction, hook


class RestDispositions:
    """A hook of the plugin `workitem`. What it answers is kept for a while for all items of the type."""

    @hook
    def work_item_dispositions(self, context: Context, item: Interaction) -> Sequence[AttributeValue]:
        """Called off the UI thread; the item is shown meanwhile. An empty answer leaves those of the site."""
        address = context.options().text("rest-dispositions.address")
        if not address:
            return ()
        try:
            with urlopen(f"{address}?kind={item.media_type}", timeout=5) as answer:  # noqa: S310 - the option allows http
                return tree(json.load(answer))
        except (OSError, ValueError) as error:
            context.log.warning("The dispositions cannot be read: %s", error)
            return ()


def tree(found: list[dict[str, Any]]) -> tuple[AttributeValue, ...]:
    """Entries with a name, a title, and entries below them."""
    return tuple(
        AttributeValue(name=one["name"], title=one.get("title", ""), values=tree(one.get("values", [])))
        for one in found
    )
