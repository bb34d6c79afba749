"""Every function of the service Protocols can be called through the wire, and says what is wrong with a request."""

import inspect
from typing import Protocol, get_args, get_type_hints

import pytest

from tests.unit.wire.examples import example
from workloom.api.services import Backend, Services
from workloom.domain.commands import Accept, AgentCommand, SetProperties
from workloom.domain.errors import BadInput, NotFound
from workloom.domain.options import OptionSet
from workloom.wire import CALLS, Call, call_named, decode, encode, service_calls

FUNCTIONS = {
    f"{service}.{name}"
    for service, member in vars(Services).items()
    if isinstance(member, property)
    for name, function in vars(get_type_hints(member.fget)["return"]).items()
    if inspect.isfunction(function) and not name.startswith("_")
}


def names_of(value: object) -> object:
    """Something to compare: an OptionSet has no equality of its own."""
    if isinstance(value, OptionSet):
        return {name: value.source(name) for name in value.names()}, value.problems
    return value


def test_every_function_of_a_service_is_a_call_but_waiting() -> None:
    assert len(FUNCTIONS) > 30
    assert FUNCTIONS - {"events.wait"} == set(CALLS) - {"authenticate", "log_in"}


def test_every_function_of_the_backend_is_a_call_or_has_a_way_of_its_own() -> None:
    functions = {name for name, each in vars(Backend).items() if inspect.isfunction(each) and name[0] != "_"}
    assert functions - {"info", "now", "services", "on_wake", "close"} == {"authenticate", "log_in"}


def test_addresses_differ_and_follow_the_names() -> None:
    assert len({call.path for call in CALLS.values()}) == len(CALLS)
    assert call_named("workbins.places_for").path == "/desktop/v1/workbins/places-for"
    assert call_named("log_in").path == "/desktop/v1/log-in"


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_arguments_come_back_as_they_were(call: Call) -> None:
    given = {name: example(hint) for name, hint in get_type_hints(call.arguments).items()}
    assert call.decode_arguments(call.encode_arguments(**given)) == given


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_results_come_back_as_they_were(call: Call) -> None:
    result = example(call.result)
    read = call.decode_result(call.encode_result(result))
    assert names_of(read) == names_of(result)
    assert type(read) is type(result)


@pytest.mark.parametrize("kind", get_args(AgentCommand), ids=lambda kind: kind.__name__)
def test_each_command_comes_back_as_the_class_it_was(kind: type) -> None:
    command = example(kind)
    call = call_named("items.execute")
    assert call.decode_arguments(call.encode_arguments(command))["command"] == command


def test_what_has_a_default_may_be_left_out() -> None:
    assert call_named("contacts.search").decode_arguments(b'{"text": "ann"}') == {"text": "ann", "limit": 20}
    assert call_named("items.offers").decode_arguments(b"") == {}


def test_commands_take_an_idempotency_key_and_it_is_no_part_of_the_body() -> None:
    keyed = [call for call in CALLS.values() if call.keyed]
    assert "items.execute" in {call.name for call in keyed}
    assert not [call.name for call in keyed if "key" in call.arguments.__struct_fields__]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b'{"command": {"type": "Accept", "item": "i", "ticket": 5}}', "command.ticket"),
        (b'{"command": {"type": "Accept", "item": "i", "ticket": "t", "more": 1}}', "command"),
        (b'{"command": {"type": "Explode", "item": "i"}}', "command.type"),
        (b'{"command": {"type": "MarkDone"}}', "command"),
        (b'{"more": 1}', ""),
        (b'{"command": ', ""),
        (b"\xff\xfe", ""),
        (b"[" * 100_000, ""),
        (b'{"command": ' + b'{"a": ' * 50_000, ""),
    ],
)
def test_what_does_not_fit_is_bad_input_that_names_the_field(body: bytes, where: str) -> None:
    with pytest.raises(BadInput) as caught:
        call_named("items.execute").decode_arguments(body)
    assert caught.value.where == where
    assert caught.value.message.endswith(".")


def test_an_unknown_call_is_not_found() -> None:
    with pytest.raises(NotFound):
        call_named("items.explode")


def test_a_function_that_is_added_becomes_a_call() -> None:
    class Extras(Protocol):
        def weigh(self, item: str, *, exactly: bool = False) -> dict[str, int]: ...

    class More(Protocol):
        @property
        def extras(self) -> "Extras": ...

    More.extras.fget.__annotations__["return"] = Extras  # type: ignore[attr-defined]
    (call,) = service_calls(More)
    assert (call.name, call.path) == ("extras.weigh", "/desktop/v1/extras/weigh")
    assert call.decode_arguments(b'{"item": "i"}') == {"item": "i", "exactly": False}


def test_a_value_that_cannot_be_sent_is_an_error_of_the_program() -> None:
    with pytest.raises(TypeError):
        encode(object())


def test_a_nested_value_of_attached_data_comes_back() -> None:
    command = SetProperties(item="i", changes={"a": {"b": {"c": 3}}, "gone": None})
    assert decode(AgentCommand, encode(command)) == command
    assert decode(AgentCommand, encode(Accept(item="i", ticket="t"))) == Accept(item="i", ticket="t")
