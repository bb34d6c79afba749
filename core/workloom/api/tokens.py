"""Tokens: typed names for what one plugin provides and others use.

A token stands in the `api` module of the plugin that thought of it, a provider in the class of the plugin that has it:

    NUMBERS: Token[Numbers] = Token("acme.numbers")

    class Acme:
        providers = (provide(NUMBERS, RestNumbers, needs={"services": SERVICES}),)

The manifests say which plugin provides a token and which plugins require it; `context.get(NUMBERS)` is a `Numbers`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

from msgspec import Struct

Kind = TypeVar("Kind")
Answer = TypeVar("Answer")
More = ParamSpec("More")


class Token(Generic[Kind]):
    """A typed name. `name`: the id of the plugin that thought of it, a dot, and a word: `acme.numbers`."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"Token({self.name!r})"


class Provider(Struct, frozen=True, kw_only=True):
    """How a token's object is made, once for each agent, when it is first asked for. Made by `provide`."""

    token: Token[Any]
    build: Callable[..., object]
    needs: Mapping[str, object]
    stop: Callable[[Any], object] | None


def provide(
    token: Token[Kind],
    build: Callable[..., Kind],
    *,
    needs: Mapping[str, object] | None = None,
    stop: Callable[[Kind], object] | None = None,
) -> Provider:
    """Declare that a plugin provides a token.

    `build` is a class or a function; `needs` are its arguments by name: a token in there is replaced by its object,
    anything else is handed over as it is. A token that the manifest calls optional is None where nobody provides it.
    `stop` is called with the object when the plugin stops or the agent leaves, the last one built first. What is built
    may be asked for on any thread; building should be quick, since others wait for it.
    """
    return Provider(token=token, build=build, needs=dict(needs or {}), stop=stop)


class Wires(Protocol):
    """What one plugin can reach of others while one agent is logged in."""

    def get(self, token: Token[Kind]) -> Kind:
        """The object of a token, built when it is first asked for. NotFound if there is none; any thread."""
        ...

    def find(self, token: Token[Kind]) -> Kind | None:
        """The object of a token, None if nobody provides it; any thread."""
        ...

    def ask(
        self, hook: Callable[Concatenate[Any, Any, More], Answer], *args: More.args, **named: More.kwargs
    ) -> Sequence[Answer]:
        """What the plugins answer that implement a hook of a plugin's own, in their order; any thread."""
        ...

    def ask_each(
        self, hook: Callable[Concatenate[Any, Any, More], Answer], *args: More.args, **named: More.kwargs
    ) -> Sequence[tuple[str, Answer | None]]:
        """The same with the plugins, and None from one that failed; any thread."""
        ...
