"""Case data is a form of typed fields over attached data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workloom.domain import case_data
from workloom.domain.site import AttributeValue, BusinessAttribute

IBAN = AttributeValue(
    name="IBAN",
    title="Payee IBAN",
    required=True,
    pattern=r"(?:[A-Z0-9] ?){22}",
    hint="{length} characters. A German IBAN has 22.",
)


@pytest.mark.parametrize(
    ("type_", "text", "kept", "shown"),
    [
        ("float", "4,850.00", "4850.00", "4,850.00"),
        ("int", "75 000", 75000, "75,000"),
        ("float", "-1,234,567.5", "-1234567.5", "-1,234,567.50"),
        ("date", "20 Nov 2026", "2026-11-20", "20 Nov 2026"),
        ("date", "20.11.2026", "2026-11-20", "20 Nov 2026"),
        ("string", "  Tap water ", "Tap water", "Tap water"),
        ("bool", "true", "true", "true"),
        ("float", "", None, ""),
    ],
)
def test_what_is_typed_is_kept_in_one_form_and_shown_in_another(
    type_: str, text: str, kept: object, shown: str
) -> None:
    field = AttributeValue(name="x", type=type_)
    assert case_data.problem_with(field, text) == ""
    assert case_data.stored(field, text) == kept
    assert case_data.shown(field, kept) == shown


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        (AttributeValue(name="n", type="int"), "4.5", "“4.5” is not a whole number."),
        (AttributeValue(name="n", type="float"), "ten", "“ten” is not a number. Write it like 4850.00."),
        (
            AttributeValue(name="n", type="float"),
            "4850,5",
            "“4850,5” is not a number. Write it like 4850.00.",
        ),
        (AttributeValue(name="n", type="int"), "1,50", "“1,50” is not a whole number."),
        (AttributeValue(name="n", type="float"), "NaN", "“NaN” is not a number. Write it like 4850.00."),
        (
            AttributeValue(name="d", type="date"),
            "31 Feb 2026",
            "“31 Feb 2026” is not a date. Write it like 20 Nov 2026 or 2026-11-20.",
        ),
        (
            AttributeValue(name="t", type="date-time"),
            "20 Nov 2026",
            "“20 Nov 2026” has no time of day. Write it like 20 Nov 2026, 14:30.",
        ),
        (
            AttributeValue(name="t", type="date-time"),
            "20 Nov 2026 24:30",
            "“20 Nov 2026 24:30” is not a date with a time. Write it like 20 Nov 2026, 14:30.",
        ),
        (AttributeValue(name="e", type="enum", choices=("A", "B")), "C", "“C” is not one of A, B."),
        (IBAN, "DE89 3704 0044 0532 0130 0", "21 characters. A German IBAN has 22."),
        (IBAN, " ", "Payee IBAN is needed."),
    ],
)
def test_a_text_that_does_not_fit_gets_a_reason(field: AttributeValue, text: str, problem: str) -> None:
    assert case_data.problem_with(field, text) == problem


def test_required_fields_without_a_value_are_missing() -> None:
    form = BusinessAttribute(name="f", values=(IBAN, AttributeValue(name="Cause")))
    assert case_data.missing(form, {"IBAN": " "}) == (IBAN,)
    assert case_data.missing(form, {"IBAN": "DE"}) == ()
    assert case_data.missing(None, {}) == ()


def test_without_a_format_each_attached_text_is_a_field_and_with_one_the_unlisted_are_hidden() -> None:
    attached = {"b": "1", "A": 2, "Subject": "s", "nested": {"x": 1}}
    assert [f.name for f in case_data.fields_of(None, attached, frozenset({"Subject"}))] == ["A", "b"]
    assert case_data.fields_of(BusinessAttribute(name="f", values=(IBAN,)), attached) == (IBAN,)


@given(st.text(max_size=30), st.sampled_from(["string", "int", "float", "date", "date-time", "bool", "multiline"]))
def test_what_passes_the_check_survives_being_shown_and_typed_again(text: str, type_: str) -> None:
    field = AttributeValue(name="x", type=type_)
    if case_data.problem_with(field, text):
        return
    kept = case_data.stored(field, text)
    assert case_data.problem_with(field, case_data.shown(field, kept)) == ""
    if type_ != "float":
        assert case_data.stored(field, case_data.shown(field, kept)) == kept


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (AttributeValue(name="n", type="float", unit="€"), "4850", "€4,850.00"),
        (AttributeValue(name="n", type="int", unit="m²"), 9, "9 m²"),
        (AttributeValue(name="n", type="bool"), "true", "Yes"),
        (AttributeValue(name="n", type="bool"), "", ""),
        (AttributeValue(name="n", type="enum", values=(AttributeValue(name="w", title="Wind"),)), "w", "Wind"),
        (AttributeValue(name="n", unit="€"), None, ""),
    ],
)
def test_a_value_that_is_only_read_has_its_unit_and_its_words(field: AttributeValue, value: object, words: str) -> None:
    assert case_data.in_words(field, value) == words


@pytest.mark.parametrize("text", ["1e999999999", "12345678901234567890", "-1e20"])
def test_a_number_that_no_computer_keeps_exactly_is_refused_at_once(text: str) -> None:
    assert case_data.problem_with(AttributeValue(name="n", type="int"), text) == f"“{text}” is not a whole number."


def test_a_hint_may_hold_braces_of_its_own() -> None:
    field = AttributeValue(name="n", pattern="[0-9]+", hint="{length} signs in “{text}”; write {digits}.")
    assert case_data.problem_with(field, "a{length}") == "9 signs in “a{length}”; write {digits}."
