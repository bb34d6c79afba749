"""Items as rows of a list, for one caller."""

from collections.abc import Iterable, Iterator

from workloom.domain.interaction import Interaction
from workloom.domain.options import OptionSet
from workloom.domain.pages import ItemRow
from workloom.domain.resting import Openness, may_open, may_open_from_history, rests_since, where_it_rests
from workloom.domain.site import AttributeValue
from workloom.services.callers import Caller
from workloom.services.ports_reading import Listed


def item_row(listed: Listed, caller: Caller) -> ItemRow:
    """The row with whether the caller may pull the item from where it rests."""
    return _row(listed, caller, may_open(listed.item, caller.site, caller.viewer))


def history_row(listed: Listed, caller: Caller, options: OptionSet) -> ItemRow:
    """The row as the history shows it: opening also needs the option of the item's media type."""
    return _row(listed, caller, may_open_from_history(listed.item, caller.site, caller.viewer, options))


def _row(listed: Listed, caller: Caller, openness: Openness) -> ItemRow:
    return ItemRow(
        item=listed.item,
        contact=listed.contact,
        where=where_it_rests(listed.item, caller.site, caller.viewer, listed.finished_by),
        since=rests_since(listed.item),
        can_open=openness.can_open,
        closed_reason=str(openness.reason),
        disposition=_disposition(listed.item, caller) if listed.item.disposition else "",
    )


def _disposition(item: Interaction, caller: Caller) -> str:
    """The title of the item's disposition in the attribute of its strategy; its value where there is none any more."""
    name = caller.options(item).text("interaction.disposition.value-business-attribute")
    attribute = caller.site.business_attributes.get(name)
    return dict(_titles(attribute.values if attribute else ())).get(item.disposition, item.disposition)


def _titles(values: Iterable[AttributeValue]) -> Iterator[tuple[str, str]]:
    for value in values:
        yield value.name, value.title or value.name
        yield from _titles(value.values)
