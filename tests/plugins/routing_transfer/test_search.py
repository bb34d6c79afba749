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


GERMAN = {
    "Queue": "Warteschlange",
    "Group": "Gruppe",
    "Ready": "Bereit",
    "Lunch": "Mahlzeit",
    "Logged off, cannot take an offer": "Abgemeldet, kann kein Angebot annehmen",
    "{count} people": "{count} Personen",
    "{count} ready": "{count} bereit",
    "{count} waiting": "{count} warten",
    "{have} of {most} items": "{have} von {most} Vorgängen",
    "oldest {time}": "ältester {time}",
}


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (
            row("Large losses", TargetType.GROUP, detail="Group · 1,200 people", status="3 ready"),
            ("Gruppe · 1,200 Personen", "3 bereit", ""),
        ),
        (
            row("Late", TargetType.QUEUE, detail="Queue · oldest 11 min", status="0 waiting"),
            ("Warteschlange · ältester 11 min", "0 warten", ""),
        ),
        (row("Late", TargetType.QUEUE, detail="Queue", status="1 waiting"), ("Warteschlange", "1 warten", "")),
        (
            row("Lang", detail="Queue · Desk 4", status="Ready · 2 of 5 items"),
            ("Queue · Desk 4", "Bereit · 2 von 5 Vorgängen", ""),
        ),
        (
            row("Lang", status="Not ready · Lunch", reason="Logged off, cannot take an offer"),
            ("", "Not ready · Lunch", "Abgemeldet, kann kein Angebot annehmen"),
        ),
    ],
)
def test_a_row_is_said_in_the_language_of_the_agent_but_for_names(target: TargetRow, said: tuple[str, ...]) -> None:
    def say(text: str, **values: object) -> str:
        return GERMAN.get(text, text).format(**values)

    spoken = search.spoken(target, say)
    assert (spoken.detail, spoken.status, spoken.reason) == said
    assert search.spoken(target) == target
