"""Times and priorities read the same everywhere."""

from datetime import UTC, datetime, timedelta

import pytest

from workloom.domain import wording

NOW = datetime(2026, 11, 23, 13, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=-5), "0 s"),
        (timedelta(seconds=59), "59 s"),
        (timedelta(minutes=12, seconds=59), "12 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=1, minutes=12), "1 h 12 min"),
        (timedelta(days=2, hours=4, minutes=59), "2 d 4 h"),
        (timedelta(days=91), "91 d"),
    ],
)
def test_a_duration_names_two_units_at_most(span: timedelta, said: str) -> None:
    assert wording.duration(span) == said


@pytest.mark.parametrize(
    ("at", "text", "rest", "tone"),
    [
        (NOW - timedelta(hours=3, minutes=39), "overdue 3 h", "", "danger"),
        (NOW - timedelta(minutes=39), "overdue 39 min", "", "danger"),
        (NOW + timedelta(hours=2, minutes=18), "today 16:00", "in 2 h 18 min", "warning"),
        (NOW + timedelta(hours=22), "tomorrow 11:42", "in 22 h", ""),
        (NOW + timedelta(hours=11), "tomorrow 00:42", "in 11 h", ""),
        (NOW + timedelta(days=4), "27 Nov", "in 4 d", ""),
        (NOW + timedelta(days=50), "12 Jan 2027", "in 50 d", ""),
    ],
)
def test_a_due_time_says_when_and_how_pressing(at: datetime, text: str, rest: str, tone: str) -> None:
    assert wording.due(at, NOW, UTC) == wording.Due(text=text, rest=rest, tone=tone)


def test_a_moment_of_another_year_names_the_year() -> None:
    assert wording.moment(NOW, NOW, UTC) == "23 Nov 13:42"
    assert wording.moment(NOW.replace(year=2025), NOW, UTC) == "23 Nov 2025 13:42"
    assert wording.full_moment(NOW, UTC) == "23 Nov 2026, 13:42:00"


@pytest.mark.parametrize(("priority", "word"), [(0, "Low"), (1000, "Normal"), (2400, "High"), (3000, "Urgent")])
def test_a_priority_has_a_word(priority: int, word: str) -> None:
    assert wording.priority_word(priority) == word


def test_counts_agree_with_their_noun() -> None:
    assert wording.count(1, "item") == "1 item"
    assert wording.count(1204, "item") == "1,204 items"
    assert wording.count(2, "entry", "entries") == "2 entries"
