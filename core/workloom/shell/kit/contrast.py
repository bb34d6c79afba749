"""How well colours can be told from each other, and what a theme of a plugin must keep. No Qt."""

from collections.abc import Iterable, Mapping

GROUNDS = ("window", "surface", "raised", "field", "hover", "selected")
PAIRS: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("text", GROUNDS, 10.0),
    ("muted", GROUNDS, 5.0),
    ("accent-text", (*GROUNDS, "accent-soft"), 4.9),
    ("focus", ("window", "surface", "raised"), 3.0),
    ("on-accent", ("accent", "accent-hover"), 4.5),
    ("on-brand", ("brand",), 4.5),
)
"""A colour, the grounds on which it must be read, and the least ratio."""


def luminance(color: str) -> float:
    """Relative luminance of `#RRGGBB` as WCAG 2.2 defines it."""
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def too_weak(theme: Mapping[str, str], changed: Iterable[str]) -> str:
    """What cannot be read with these colours changed, in a sentence; empty = all can."""
    names = set(changed)
    for ink, grounds, least in PAIRS:
        for ground in grounds:
            ratio = contrast(theme[ink], theme[ground])
            if ratio < least and names & {ink, ground}:
                return (
                    f"“{ink}” {theme[ink]} on “{ground}” {theme[ground]} has a contrast of {ratio:.1f},"
                    f" expected {least:g} at least. Choose colours that lie further apart."
                )
    return ""
