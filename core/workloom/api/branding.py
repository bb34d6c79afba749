"""What a plugin changes of the look and the words by its manifest alone: colours, logo, name of the product."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

BRANDED = (
    "accent",
    "accent-hover",
    "accent-soft",
    "accent-text",
    "on-accent",
    "selected",
    "focus",
    "brand",
    "brand-line",
    "on-brand",
)
"""Colours that a plugin may change; the others carry meanings, or the contrast of everything."""


class Branding(Struct, frozen=True, kw_only=True):
    """What plugins say of the look, the later over the earlier; `plugin` is the last that says anything.

    `light` and `dark`: colours as `#RRGGBB` by name, of `BRANDED`. `logo`: a square SVG or PNG file. `product`: the
    name beside it on the login page. Empty = as it is without the plugin.
    """

    plugin: str = ""
    light: Mapping[str, str] = {}
    dark: Mapping[str, str] = {}
    logo: Path | None = None
    product: str = ""
