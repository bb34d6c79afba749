"""The glossary has each word once, in order, and every word that a person meets in a list, a log or the api."""

import re
from enum import Enum

import pytest

from tests.architecture.sources import ROOT
from workloom import api
from workloom.domain.capture_messages import Count, Verb
from workloom.domain.interaction import OfferKind

PAGE = (ROOT / "docs" / "glossary.md").read_text("utf-8")
TERMS = re.findall(r"^\| \*\*(.+?)\*\* \| ", PAGE, re.MULTILINE)
WORDS = (api.State, api.Outcome, OfferKind, api.Presence, api.PluginState, api.TargetType, Verb, Count)
PARTS = ("Action", "Channel", "Context", "Fault", "Guard", "InteractionView", "Notice", "Region", "Scope", "Subject")
MORE_PARTS = (
    "Backend",
    "Command",
    "Contact",
    "Event",
    "Interaction",
    "Note",
    "Offer",
    "Person",
    "Place",
    "Queue",
    "Role",
)
SITE_PARTS = ("AgentGroup", "BusinessAttribute", "CapacityRule", "CapturePoint", "MediaType", "Strategy", "Transaction")


def spoken(name: str) -> str:
    """A name of code or of a file as one says it: BusinessAttribute, in-workbin."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("-", " ").lower()


def test_each_word_stands_once_and_in_order() -> None:
    assert sorted(set(TERMS), key=str.casefold) == TERMS


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
def test_every_word_that_a_value_can_have_is_explained(kind: type[Enum]) -> None:
    page = PAGE.lower()
    words = {spoken(member.value) for member in kind if member.value}
    assert {word for word in words if not re.search(rf"\b{re.escape(word)}\b", page)} == set()


@pytest.mark.parametrize("name", [*PARTS, *MORE_PARTS, *SITE_PARTS])
def test_what_the_api_speaks_of_is_a_word_of_its_own(name: str) -> None:
    assert name in api.__all__
    assert spoken(name) in {term.lower() for term in TERMS}
