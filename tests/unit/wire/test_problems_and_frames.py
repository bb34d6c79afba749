"""An error arrives as the class that was raised, and each frame as the frame that was sent."""

import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workloom.domain import errors
from workloom.domain.commands import AddNote
from workloom.domain.errors import (
    BadInput,
    ItemsOpen,
    LoginFailed,
    NotAllowed,
    ServiceFailed,
    SessionEnded,
    Stale,
    TooOften,
    WorkloomError,
    WrongVersion,
)
from workloom.domain.events import Event, EventKind
from workloom.domain.sentences import Sentence, sentence
from workloom.wire import (
    PROBLEM_TYPE,
    WORKING_VERSIONS,
    Ended,
    Hello,
    News,
    Ping,
    Pong,
    Problem,
    Said,
    Welcome,
    check_version,
    decode,
    decode_client_frame,
    decode_server_frame,
    encode,
    error_of,
    pack,
    problem_of,
)
from workloom.wire.frames import LARGEST_PACKED

KINDS = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, WorkloomError)]
MARK = "3.0123456789abcdef"
NEWS = News(events=(Event(sequence=4, at=datetime(2026, 1, 1, tzinfo=UTC), kind=EventKind.DONE, item="i"),), last=4)


def arrived(error: WorkloomError) -> WorkloomError:
    """The error after the way through JSON."""
    return error_of(decode(Problem, encode(problem_of(error))))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_arrives_as_its_class_with_its_sentence(kind: type[WorkloomError]) -> None:
    error = arrived(kind("Something was found."))
    assert type(error) is kind
    assert str(error) == "Something was found."
    assert problem_of(error).type.startswith(PROBLEM_TYPE)
    assert 400 <= problem_of(error).status < 600


def test_a_sentence_arrives_with_what_it_is_made_of() -> None:
    inner = sentence("Nobody has {count:,} of {kind:within}.", count=1204, kind="Skills")
    error = arrived(BadInput(sentence("{reason} Try again.", reason=inner), where="target"))
    assert str(error) == "target: Nobody has 1,204 of skills. Try again."
    said = error.sentence
    assert isinstance(said, Sentence)
    assert said.text == "{reason} Try again."
    assert isinstance(said.values["reason"], Sentence)
    assert said.values["reason"].values == {"count": 1204, "kind": "Skills"}


def test_a_sentence_that_this_version_cannot_put_together_arrives_as_it_was_said() -> None:
    odd = Problem(
        type=f"{PROBLEM_TYPE}refused", title="", status=409, detail="All is full.", said=Said("{a:later}", {"a": "x"})
    )
    assert str(error_of(odd)) == "All is full."


def test_what_an_error_carries_arrives() -> None:
    bad = arrived(BadInput("Too long.", where="note"))
    assert isinstance(bad, BadInput)
    assert (str(bad), bad.where, bad.message) == ("note: Too long.", "note", "Too long.")
    assert vars(arrived(NotAllowed("No.", privilege="Can Pull")))["privilege"] == "Can Pull"
    assert vars(arrived(ItemsOpen("Open.", items=("a", "b"))))["items"] == ("a", "b")
    assert vars(arrived(LoginFailed("Wait.", wait_seconds=4.0)))["wait_seconds"] == 4.0
    assert vars(arrived(TooOften("Wait.", wait_seconds=1.5)))["wait_seconds"] == 1.5
    assert vars(arrived(WrongVersion("Old.", versions=(1, 2))))["versions"] == (1, 2)


def test_a_problem_leaves_out_what_it_does_not_carry() -> None:
    assert decode(dict[str, object], encode(problem_of(Stale("It changed hands.")))) == {
        "type": "urn:workloom:problem:stale",
        "title": "Stale",
        "status": 409,
        "detail": "It changed hands.",
    }


@pytest.mark.parametrize(("status", "kind"), [(409, errors.Refused), (401, SessionEnded), (418, ServiceFailed)])
def test_a_type_of_a_later_version_becomes_the_nearest_known_one(status: int, kind: type[WorkloomError]) -> None:
    problem = Problem(type=f"{PROBLEM_TYPE}of-tomorrow", title="?", status=status, detail="New.")
    assert type(error_of(problem)) is kind


@pytest.mark.parametrize("frame", [Hello(version=1, token="t", after=3, mark=MARK), Hello(version=1), Ping()])
def test_frames_of_clients_come_back(frame: Hello | Ping) -> None:
    assert decode_client_frame(encode(frame)) == frame


@pytest.mark.parametrize(
    "frame",
    [
        Welcome(last=3, mark=MARK, version=1, heartbeat=5.0),
        NEWS,
        Ended(problem=problem_of(SessionEnded("Over."))),
        Pong(),
    ],
)
def test_frames_of_servers_come_back(frame: Welcome | News | Ended | Pong) -> None:
    assert decode_server_frame(encode(frame)) == frame


@pytest.mark.parametrize("frame", [b"", b"{}", b'{"type": "shout"}', b'{"type": "ping", "x": 1}', '{"type": "hello"}'])
def test_what_is_no_frame_is_bad_input(frame: bytes | str) -> None:
    with pytest.raises(BadInput):
        decode_client_frame(frame)


@pytest.mark.parametrize("mark", ["3", "3.", "-1.0123456789abcdef", "3.0123456789abcdef0", "x" * 4000])
def test_a_mark_that_no_server_has_told_is_bad_input(mark: str) -> None:
    with pytest.raises(BadInput, match="mark"):
        decode_client_frame(encode(Hello(version=1, mark=mark)))


def test_half_a_character_is_sent_as_the_sign_for_it() -> None:
    half = AddNote(item="i", text="a\ud83d, \U0001f600 \ud83d\ude00")
    assert decode(AddNote, encode(half)).text == "a\ufffd, \U0001f600 \U0001f600"
    assert decode(dict[str, list[str]], encode({"\udc00": ["\ud800"]})) == {"\ufffd": ["\ufffd"]}


def test_a_version_that_does_not_work_is_told_which_ones_do() -> None:
    check_version(WORKING_VERSIONS[-1])
    for version, said in ((99, "newer than the .*version 99 .*brought up to date"), (0, "too old for the .*version 0")):
        with pytest.raises(WrongVersion, match=said) as caught:
            check_version(version)
        assert caught.value.versions == WORKING_VERSIONS


@given(st.integers(min_value=0, max_value=40))
def test_news_arrive_packed_or_not(many: int) -> None:
    news = News(events=NEWS.events * many, last=4)
    sent = encode(news)
    assert decode_server_frame(pack(sent)) == news
    assert len(pack(sent)) <= len(sent)
    assert (pack(sent) != sent) is (len(sent) >= 1024)


def test_what_is_packed_badly_or_beyond_all_bounds_is_refused() -> None:
    packed = pack(encode(News(events=NEWS.events * 40, last=4)))
    for bad in (packed[:-1], packed[:10] + b"?" + packed[11:], zlib.compress(b"[" * (LARGEST_PACKED + 1))):
        with pytest.raises(BadInput):
            decode_server_frame(bad)
