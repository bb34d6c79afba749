"""Skill expressions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workloom.domain.errors import BadInput
from workloom.domain.skills import MAXIMUM_DEPTH, MAXIMUM_LENGTH, Comparison, Either, Every, Expression, parse

SKILLS = {"Billing": 3, "German": 1, "Building damage": 5}


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Billing>=3 & German>0 | Expert=1", True),
        ("Billing>3 & German>0 | Expert=1", False),
        ("Billing>3 & (German>0 | Expert=1)", False),
        ("Expert=1 | Billing=3 & German=1", True),
        ("(Expert=1 | Billing=3) & German=2", False),
        ("Expert=0", True),
        ("Expert<1", True),
        ("German<=1", True),
        ('"Building damage">=5', True),
        ("  Billing >= 3  ", True),
        ("((Billing>=3))", True),
        ("Grundstück-Süd.2>0", False),
    ],
)
def test_an_expression_fits_who_has_the_levels(text: str, fits: bool) -> None:
    assert parse(text).matches(SKILLS) is fits


@pytest.mark.parametrize(
    ("text", "position", "expected", "found"),
    [
        ("", 1, "the name of a skill or “(”", "the end"),
        ("   ", 4, "the name of a skill or “(”", "the end"),
        ("Billing", 8, "one of >=, <=, >, <, =", "the end"),
        ("Billing>=", 10, "a whole number", "the end"),
        ("Billing>=high", 10, "a whole number", "“high”"),
        ("Billing>=-1", 10, "a whole number", "“-1”"),
        ("Billing>=3 German>0", 12, "“&”, “|” or the end", "“German”"),
        ("Billing>=3 & ", 14, "the name of a skill or “(”", "the end"),
        ("(Billing>=3", 12, "“)”", "the end"),
        ("Billing>=3)", 11, "“&”, “|” or the end", "“)”"),
        ("Billing>=3 ; German>0", 12, "“&”, “|” or the end", "“;”"),
        ('"Building>0', 1, "the name of a skill or “(”", '“"”'),
        ('"">0', 1, "the name of a skill or “(”", '“""”'),
        ("Billing!=3", 8, "one of >=, <=, >, <, =", "“!”"),
    ],
)
def test_an_error_names_the_position_and_what_was_expected(text: str, position: int, expected: str, found: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(text)
    assert str(caught.value) == f"skill expression, position {position}: expected {expected}, found {found}."


@pytest.mark.parametrize("text", ["(" * (MAXIMUM_DEPTH + 1) + "a>1", "a>1 |" * MAXIMUM_LENGTH])
def test_what_nobody_would_write_is_refused_and_not_worked_through(text: str) -> None:
    with pytest.raises(BadInput, match=r"at most|At most"):
        parse(text)


names = st.text(st.characters(exclude_characters='"', exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)
comparisons = st.builds(Comparison, names, st.sampled_from([">=", "<=", ">", "<", "="]), st.integers(0, 9))


def _joined(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.builds(Every, several) | st.builds(Either, several)


@given(
    st.recursive(comparisons, _joined, max_leaves=6),
    st.dictionaries(names, st.integers(0, 9)),
)
def test_what_an_expression_writes_is_read_as_the_same_expression(
    expression: Expression, skills: dict[str, int]
) -> None:
    text = str(expression)
    if len(text) <= MAXIMUM_LENGTH:
        assert parse(text).matches(skills) is expression.matches(skills)
        assert set(parse(text).names()) == set(expression.names())


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_with_a_position(text: str) -> None:
    try:
        parse(text)
    except BadInput as error:
        message = str(error)
    else:
        return
    assert "position" in message
