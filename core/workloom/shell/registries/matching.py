"""Which of several contributions suits an item best."""

from collections.abc import Iterable

from workloom.api.contributions import Channel, InteractionView
from workloom.shell.registries.contributed import Contributed


def best_view(
    views: Iterable[Contributed[InteractionView]], media_type: str, subtype: str
) -> Contributed[InteractionView] | None:
    """The first of the views that say most about the item: its subtype over its media type over nothing."""
    fitting = [entry for entry in views if _fits(entry.what, media_type, subtype)]
    return max(fitting, key=lambda entry: _precision(entry.what), default=None)


def channel_of(channels: Iterable[Contributed[Channel]], media_type: str) -> Contributed[Channel] | None:
    """The first channel that names the media type."""
    return next((entry for entry in channels if media_type in entry.what.media_types), None)


def _fits(view: InteractionView, media_type: str, subtype: str) -> bool:
    if view.media_types and media_type not in view.media_types:
        return False
    return not view.subtypes or subtype in view.subtypes


def _precision(view: InteractionView) -> tuple[bool, bool]:
    return bool(view.subtypes), bool(view.media_types)
