"""Sentences know what they are made of, and are texts as any other."""

import pytest

from workloom.domain.sentences import fill, said, sentence


@pytest.mark.parametrize(
    ("title", "stands"), [("Claim", "the claim"), ("PDF forms", "the PDF forms"), ("e-mail", "the e-mail")]
)
def test_a_title_stands_within_a_sentence_with_a_small_letter_unless_it_is_an_abbreviation(
    title: str, stands: str
) -> None:
    assert fill("the {kind:within}", {"kind": title}) == stands


def test_another_language_leaves_nouns_their_capital_and_says_inner_sentences_too() -> None:
    words = {"{why} The {kind:within} is yours.": "{why} {kind} bleibt.", "Nobody has {name}.": "Niemand hat {name}."}
    found = sentence("{why} The {kind:within} is yours.", why=sentence("Nobody has {name}.", name="Tax"), kind="Claim")
    assert found == "Nobody has Tax. The claim is yours."
    assert said(found, lambda text, **values: fill(words[text], values)) == "Niemand hat Tax. Claim bleibt."


def test_a_text_that_knows_not_what_it_is_made_of_stays() -> None:
    assert said("As a plugin has it.", lambda _text, **_values: "never") == "As a plugin has it."


def test_a_sentence_made_of_a_sentence_is_that_one() -> None:
    found = sentence("You may not {what}.", what="search")
    assert sentence(found) is found
