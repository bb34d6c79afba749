"""The suite for backends fails on a backend that breaks a clause: each is broken in turn, around a real backend."""

import inspect
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

import pytest
from msgspec.structs import replace

from workloom.api import (
    Accept,
    Backend,
    EventKind,
    ItemsOpen,
    LoginFailed,
    NotFound,
    Presence,
    SessionEnded,
    SiteInfo,
    WorkloomError,
)
from workloom.testing import Office
from workloom.testing.conformance import BackendConformance, backends

Change = Callable[[Callable[..., Any]], Callable[..., Any]]
"""Makes a broken function of the real one."""


class Broken:
    """An object of which some functions are broken; `changes` are by path, such as `items.get`."""

    def __init__(self, real: object, changes: dict[str, Change], path: str = "") -> None:
        self._real, self._changes, self._path = real, changes, path
        self._made: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = self._make(f"{self._path}{name}", getattr(self._real, name))
        return self._made[name]

    def _make(self, path: str, found: Any) -> Any:
        if path in self._changes:
            return self._changes[path](found)
        if path == "services":
            return lambda session: Broken(found(session), self._changes)
        below = any(each.startswith(f"{path}.") for each in self._changes)
        return Broken(found, self._changes, f"{path}.") if below else found


def answers(value: object) -> Change:
    """Whatever is asked, this is the answer."""
    return lambda _real: lambda *_args, **_named: value


def instead(error: type[BaseException], answer: Callable[[], object]) -> Change:
    """Where the real one refuses with an error, there is an answer."""

    def change(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            try:
                return real(*args, **named)
            except error:
                return answer()

        return call

    return change


def then(make: Callable[[Any], object]) -> Change:
    """The answer of the real one, changed."""
    return lambda real: lambda *args, **named: make(real(*args, **named))


def without_key(real: Callable[..., Any]) -> Callable[..., Any]:
    """Each call is its own, whatever its key."""

    def call(*args: Any, key: str = "", **named: Any) -> Any:
        del key
        return real(*args, **named)

    return call


def twice(real: Callable[..., Any]) -> Callable[..., Any]:
    """Accepting what is accepted already is let pass."""
    last: dict[str, Any] = {}

    def call(command: Any, *, key: str = "") -> Any:
        if isinstance(command, Accept) and command.item in last:
            return last[command.item]
        last[command.item] = real(command, key=key)
        return last[command.item]

    return call


def chatty(real: Callable[..., Any]) -> Callable[..., Any]:
    """Says which of the two was wrong."""

    def call(user: str, password: str) -> Any:
        try:
            return real(user, password)
        except LoginFailed:
            raise LoginFailed(f"The password of {user} is wrong.") from None

    return call


def forgets_key(real: Callable[..., Any]) -> Callable[..., Any]:
    """A key that was used does not keep another command out."""
    known: set[str] = set()

    def call(command: Any, *, key: str = "") -> Any:
        again = key in known
        known.add(key)
        return real(command) if again else real(command, key=key)

    return call


CLAUSES: dict[str, dict[str, dict[str, Change]]] = {
    "test_what_may_be_known_before_the_login_names_the_site": {
        "no title": {"info": answers(SiteInfo(title=""))},
        "a naive time": {"now": answers(datetime(2026, 1, 1))},  # noqa: DTZ001  # that is what is wrong with it
    },
    "test_a_wrong_name_or_password_is_refused_in_the_same_words": {
        "anybody may enter": {"authenticate": instead(LoginFailed, lambda: None)},
        "tells who exists": {"authenticate": chatty},
    },
    "test_a_plan_names_the_channels_and_a_second_login_ends_the_first": {
        "no channels": {"authenticate": then(lambda plan: replace(plan, channels=()))},
        "two at once": {"presence.session": instead(SessionEnded, lambda: None)},
        "tells the password": {"configuration.me": then(lambda me: replace(me, password="hash"))},
    },
    "test_a_ticket_that_nobody_gave_opens_nothing": {
        "any ticket will do": {"log_in": instead(LoginFailed, lambda: "session-1")},
        "any session will do": {"presence.session": instead(SessionEnded, lambda: None)},
    },
    "test_an_offer_comes_as_an_event_and_is_accepted_once": {
        "nothing is offered": {"items.offers": answers(())},
        "accepted twice": {"items.execute": twice},
        "no keys": {"items.execute": without_key},
        "no events": {"events.after": answers(())},
    },
    "test_a_key_that_was_used_for_another_command_is_refused": {
        "keys are not compared": {"items.execute": forgets_key}
    },
    "test_a_change_of_state_under_its_key_is_made_once": {"no keys": {"presence.set_state": without_key}},
    "test_what_is_not_there_or_not_the_callers_is_refused_and_nothing_changes": {
        "there is always an item": {"items.get": instead(NotFound, lambda: None)},
        "anybody may": {"items.execute": instead(WorkloomError, lambda: None)},
    },
    "test_notes_path_and_end_of_an_item_are_kept": {
        "no notes": {"items.notes": answers(())},
        "markup is taken out": {
            "items.notes": then(lambda notes: tuple(replace(note, text=note.text.replace("<b>", "")) for note in notes))
        },
        "no path": {"items.path": then(lambda path: tuple(one for one in path if one.kind is not EventKind.DONE))},
        "done twice": {"items.execute": instead(WorkloomError, lambda: None)},
    },
    "test_nobody_leaves_with_open_items_and_a_session_that_has_ended_serves_nobody": {
        "leaves with open items": {"presence.log_off": instead(ItemsOpen, lambda: None)},
        "serves the dead": {"items.open_items": instead(SessionEnded, tuple)},
    },
    "test_a_state_holds_on_one_channel_or_on_all": {
        "always on all": {
            "presence.set_state": lambda real: lambda state, *, reason="", media_type="": real(state, reason=reason)
        },
        "never beats again": {"presence.heartbeat": answers(0.0)},
        "no change": {"presence.set_state": lambda real: lambda *_a, **_n: real(Presence.READY)},
    },
    "test_waiting_for_events_ends_in_time_and_a_wake_is_told": {
        "sleeps through": {"events.wait": answers(False)},
        "wakes nobody": {"on_wake": answers(lambda: None)},
    },
}
"""For each test of the suite, what breaks the clause that it is there for."""

CASES = [(test, how) for test, ways in CLAUSES.items() for how in ways]


def of_the_suite() -> set[str]:
    """The tests of the suite."""
    return {name for name in vars(BackendConformance) if name.startswith("test_")}


def test_each_test_of_the_suite_is_shown_to_fail() -> None:
    assert of_the_suite() == set(CLAUSES)


def run(test: str, backend: Backend, office: Office) -> None:
    """Run a test of the suite, with the first of its parameters."""
    function = getattr(BackendConformance(), test)
    given: dict[str, Any] = {"backend": backend, "submit": office.submit}
    for mark in getattr(function, "pytestmark", ()):
        given |= dict(zip(mark.args[0], mark.args[1][0], strict=True))
    wanted = inspect.signature(function).parameters
    function(**{name: value for name, value in given.items() if name in wanted})


@pytest.mark.parametrize(("test", "how"), CASES)
def test_a_backend_that_breaks_a_clause_does_not_pass(
    office: Office, monkeypatch: pytest.MonkeyPatch, test: str, how: str
) -> None:
    monkeypatch.setattr(backends, "LONG", 1.0)  # what they are waited for in vain
    broken = cast("Backend", Broken(office.engine.backend, CLAUSES[test][how]))
    with pytest.raises((AssertionError, pytest.fail.Exception, WorkloomError)):
        run(test, broken, office)


@pytest.mark.parametrize("test", sorted(CLAUSES))
def test_a_backend_that_is_only_stood_in_front_of_passes(office: Office, test: str) -> None:
    run(test, cast("Backend", Broken(office.engine.backend, {})), office)
