"""Titles from templates: `$Contact.FirstName$`, `(a|b)` = the first that is not empty."""

import re
from collections.abc import Mapping

from workloom.api import ItemRow

_ALTERNATIVES = re.compile(r"\(([^()]*)\)")
_NAME = re.compile(r"\$([^$]+)\$")


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with its names filled in; a name that is not known is empty.

    A text in brackets with `|` becomes its first alternative that is not empty then; brackets without `|` stay.
    """

    def first(found: re.Match[str]) -> str:
        if "|" not in found[1]:
            return found[0]
        filled = (_fill_names(part, values).strip() for part in found[1].split("|"))
        return next((part for part in filled if part), "")

    return _fill_names(_ALTERNATIVES.sub(first, template), values).strip()


def _fill_names(text: str, values: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: values.get(found[1], ""), text)


def names_for_title(row: ItemRow, attached: Mapping[str, object], contact_values: Mapping[str, str]) -> dict[str, str]:
    """Names that a title template can use: `Interaction.*`, `Contact.*`, `AttachedData.*`."""
    names = {f"AttachedData.{key}": str(value) for key, value in attached.items() if not isinstance(value, Mapping)}
    names |= {f"Contact.{key}": value for key, value in contact_values.items()}
    return names | {
        "Interaction.Subject": row.item.subject,
        "Interaction.Number": row.item.number,
        "Interaction.MediaType": row.item.media_type,
        "Contact.FullName": row.contact,
    }
