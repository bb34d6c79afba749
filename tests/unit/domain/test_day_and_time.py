"""A day with a time is typed and read in a zone that is said, and kept in UTC."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workloom.domain import case_data, day_and_time
from workloom.domain.site import AttributeValue

BERLIN = ZoneInfo("Europe/Berlin")
FIELD = AttributeValue(name="CallBackAt", type="date-time")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("20 Nov 2026 14:30", "2026-11-20T13:30+00:00"),
        ("20 Jul 2026 14:30", "2026-07-20T12:30+00:00"),
        ("20 Nov 2026, 14:30", "2026-11-20T13:30+00:00"),
        ("20.11.2026 14:30", "2026-11-20T13:30+00:00"),
        ("2026-11-20 14:30", "2026-11-20T13:30+00:00"),
        ("2026-11-20T14:30:07Z", "2026-11-20T14:30:07+00:00"),
        ("20 Nov 2026 14:30 UTC", "2026-11-20T14:30+00:00"),
        ("20  Nov 2026 14:30 UTC-05:00", "2026-11-20T19:30+00:00"),
    ],
)
def test_what_is_typed_is_read_in_the_zone_of_who_typed_it_unless_it_names_one(typed: str, kept: str) -> None:
    at = day_and_time.read(typed, BERLIN)
    assert at is not None
    assert day_and_time.kept(at) == kept


@pytest.mark.parametrize(
    "typed", ["20 Nov 2026", "2026-11-20", "14:30", "soon", "", "20 Nov 2026 14", "31 Feb 2026 10:00"]
)
def test_what_has_no_day_or_no_time_is_no_moment(typed: str) -> None:
    assert day_and_time.read(typed, BERLIN) is None


def test_a_moment_is_shown_in_the_zone_and_its_distance_to_utc_by_the_season() -> None:
    winter, summer = datetime(2026, 11, 20, 13, 30, tzinfo=UTC), datetime(2026, 7, 20, 12, 30, tzinfo=UTC)
    assert [day_and_time.shown(at, BERLIN) for at in (winter, summer)] == ["20 Nov 2026, 14:30", "20 Jul 2026, 14:30"]
    assert [day_and_time.zone_at(at, BERLIN) for at in (winter, summer)] == ["UTC+01:00", "UTC+02:00"]
    assert day_and_time.zone_at(winter, UTC) == "UTC"
    assert day_and_time.zone_at(winter, timezone(-timedelta(hours=3, minutes=30))) == "UTC-03:30"


@given(st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds
def test_what_is_kept_comes_back_as_it_was_to_the_second(at: datetime) -> None:
    whole = at.replace(microsecond=0)
    assert day_and_time.read(day_and_time.kept(whole)) == whole
    said = f"{day_and_time.shown(whole, BERLIN)} {day_and_time.zone_at(whole, BERLIN)}"
    if whole.year > 1980:  # before, zones differed from UTC by seconds
        assert day_and_time.read(said, UTC) == whole


def test_a_value_that_is_only_read_says_its_zone() -> None:
    words = case_data.in_words(FIELD, "2026-11-20T13:30+00:00")
    at = datetime(2026, 11, 20, 13, 30, tzinfo=UTC)
    assert words == f"{day_and_time.shown(at)} {day_and_time.zone_at(at)}"
    assert case_data.in_words(FIELD, "next week") == "next week"
