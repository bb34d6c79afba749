"""The target search lays out what the service found and says what will happen."""

import pytest

from workloom.api import Target, TargetRow, TargetType
from workloom_routing_transfer import search


def row(title: str, kind: TargetType = TargetType.AGENT, **fields: bool | str) -> TargetRow:
    return TargetRow(target=Target(type=kind, id=title), title=title, **fields)  # type: ignore[arg-type]


def test_favourites_stand_first_and_each_target_stands_once() -> None:
    rows = (row("Tamara Lang", favourite=True), row("Lars Andersen"), row("Large losses", TargetType.GROUP))
    found = search.sections(rows)
    assert [(section.title, [target.title for target in section.rows]) for section in found] == [
        ("Favourites", ["Tamara Lang"]),
        ("People", ["Lars Andersen"]),
        ("Groups, skills and queues", ["Large losses"]),
    ]
    assert search.count(found) == 3


@pytest.mark.parametrize(
    ("text", "matches"),
    [("", True), ("la", True), ("ta la", True), ("lang tam", True), ("ang", False), ("ta x", False)],
)
def test_a_target_matches_by_the_beginnings_of_its_words(text: str, matches: bool) -> None:
    assert search.matches("Tamara Lang", text) is matches


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        (None, ""),
        (row("Tamara Lang"), "You keep the claim until Tamara Lang accepts."),
        (row("Tamara Lang", by_routing=True), "The claim leaves you now and is routed to Tamara Lang."),
        (
            row("Large losses", TargetType.GROUP, by_routing=True),
            "The claim leaves you now and is routed to Large losses.",
        ),
        (row("Late reports", TargetType.QUEUE), "The claim leaves you for the queue Late reports."),
        (row("Laila Amrani", reason="Logged off, cannot take an offer."), "Logged off, cannot take an offer."),
    ],
)
def test_the_agent_reads_what_will_happen_before_it_does(target: TargetRow | None, hint: str) -> None:
    assert search.hint(target, "claim") == hint
