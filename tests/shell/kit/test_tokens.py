"""The colours keep the contrast that the design promises, in both themes."""

from collections.abc import Mapping

import pytest

from workloom.shell.kit.contrast import GROUNDS, contrast
from workloom.shell.kit.tokens import DARK, LIGHT, Tokens

SOFT = {
    "accent-text": "accent-soft",
    "success": "success-soft",
    "warning": "warning-soft",
    "danger": "danger-soft",
}
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


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


def test_colours_of_a_plugin_take_the_place_of_ours_and_those_that_cannot_be_read_are_refused() -> None:
    tokens = Tokens()
    told: list[str] = []
    tokens.on_change(lambda: told.append(tokens.color("accent").name()))
    assert tokens.change({"accent": "#8A1538"}, {}) == ""
    assert told == ["#8a1538"]
    problem = tokens.change({"accent": "#F0D0D8"}, {})
    assert problem.startswith(
        "light theme: “on-accent” #FFFFFF on “accent” #F0D0D8 has a contrast of 1.4, expected 4.5"
    )
    assert tokens.color("accent").name() == "#8a1538"
