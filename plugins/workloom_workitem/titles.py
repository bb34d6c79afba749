"""Titles from templates: `$Contact.FirstName$`, `(a|b)` = the first that is not empty."""

import re
from collections.abc import Mapping

from workloom.api import ItemRow

_NAME = re.compile(r"\$([^$]+)\$")
_PART = re.compile(r"\(([^()]*\|[^()]*)\)|\$([^$]+)\$")
"""Alternatives in brackets, or one name. What is filled in is customers' text and never read again."""


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with its names filled in; a name that is not known is empty.

    A text in brackets with `|` becomes its first alternative that is not empty then; brackets without `|` stay.
    """

    def part(found: re.Match[str]) -> str:
        if found[2] is not None:
            return values.get(found[2], "")
        filled = (_fill_names(alternative, values).strip() for alternative in found[1].split("|"))
        return next((text for text in filled if text), "")

    return _PART.sub(part, template).strip()


def _fill_names(text: str, values: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: values.get(found[1], ""), text)


def names_for_title(row: ItemRow, singular: str, queue: str, contact_values: Mapping[str, str]) -> dict[str, str]:
    """Names that a title template can use: `Interaction.*`, `Contact.*`, `AttachedData.*`."""
    attached = row.item.attached.items()
    names = {f"AttachedData.{key}": str(value) for key, value in attached if not isinstance(value, Mapping)}
    names |= {f"Contact.{key}": value for key, value in contact_values.items()}
    return names | {
        "Interaction.Subject": row.item.subject,
        "Interaction.Number": row.item.number,
        "Interaction.MediaType": singular,
        "Interaction.Queue": queue,
        "Contact.FullName": row.contact,
    }
