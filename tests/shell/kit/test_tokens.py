"""The colours keep the contrast that the design promises, in both themes."""

from collections.abc import Mapping

import pytest

from workloom.shell.kit.tokens import DARK, LIGHT, Tokens

GROUNDS = ("window", "surface", "raised", "field", "hover", "selected")
SOFT = {
    "accent-text": "accent-soft",
    "success": "success-soft",
    "warning": "warning-soft",
    "danger": "danger-soft",
}
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def luminance(color: str) -> float:
    """Relative luminance of `#RRGGBB` as WCAG 2.2 defines it."""
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def below(theme: Mapping[str, str], ink: str, grounds: tuple[str, ...], least: float) -> dict[str, float]:
    """The grounds on which an ink is too weak, with the ratio found."""
    ratios = {ground: contrast(theme[ink], theme[ground]) for ground in grounds}
    return {ground: round(ratio, 2) for ground, ratio in ratios.items() if ratio < least}


def test_the_ratio_is_the_one_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@THEMES
@pytest.mark.parametrize(("ink", "least"), [("text", 10.0), ("muted", 5.0)])
def test_text_can_be_read_on_every_ground(theme: Mapping[str, str], ink: str, least: float) -> None:
    assert below(theme, ink, GROUNDS, least) == {}


@THEMES
@pytest.mark.parametrize("ink", SOFT)
def test_signals_can_be_read_on_every_ground_and_on_their_own(theme: Mapping[str, str], ink: str) -> None:
    assert below(theme, ink, (*GROUNDS, SOFT[ink]), 4.9) == {}


@THEMES
@pytest.mark.parametrize("ink", ["line-strong", "focus"])
def test_edges_and_focus_can_be_seen(theme: Mapping[str, str], ink: str) -> None:
    assert below(theme, ink, ("window", "surface", "raised"), 3.0) == {}


@THEMES
@pytest.mark.parametrize("ground", ["accent", "accent-hover"])
def test_the_primary_button_can_be_read_at_rest_and_under_the_pointer(theme: Mapping[str, str], ground: str) -> None:
    assert below(theme, "on-accent", (ground,), 4.5) == {}


@THEMES
def test_a_neutral_badge_can_be_read(theme: Mapping[str, str]) -> None:
    assert below(theme, "muted", ("neutral-soft",), 4.9) == {}


def test_both_themes_name_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_a_switch_changes_the_colours_and_tells_who_asked_until_it_is_undone() -> None:
    tokens = Tokens()
    told: list[bool] = []
    undo = tokens.on_change(lambda: told.append(tokens.dark))
    before = tokens.color("text").name()
    tokens.switch(dark=True)
    tokens.switch(dark=True)
    assert told == [True]
    assert tokens.color("text").name() != before
    undo()
    tokens.switch(dark=False)
    assert told == [True]
    assert tokens.color("text").name() == before


def test_an_unknown_colour_is_an_error_at_once() -> None:
    with pytest.raises(KeyError):
        Tokens().color("mauve")
