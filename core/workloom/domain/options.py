"""Options: declared, layered, checked.

Layers, the later wins: code default → Application → Tenant → Agent Group → Person → strategy (for one item). An
undeclared key or a value that does not fit is reported with its layer, and the last good layer holds.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

MEDIA_TYPE = "<mt>"
NICKNAME = "<nickname>"


class OptionType(StrEnum):
    """What an option's value is."""

    FLAG = "bool"
    NUMBER = "int"
    TEXT = "text"
    LIST = "list"
    CHOICE = "choice"


class TakesEffect(StrEnum):
    """When a change of the option is seen."""

    AT_ONCE = "at once"
    NEXT_INTERACTION = "next interaction"
    NEXT_SEARCH = "next search"
    NEXT_LOGIN = "next login"
    RESTART = "restart"


OptionValue = bool | int | str | tuple[str, ...]


class OptionSpec(Struct, frozen=True, kw_only=True):
    """Declaration of one option. `name` may hold `<mt>` (a media type) and `<nickname>`.

    `refers_to` names the kind of object a text or list must name: media-type, queue, workbin, business-attribute,
    reason; checked when a site is applied. `pattern` is a regular expression that each text must fit as a whole unless
    it is empty; `form` says it in words, such as `a colour as #RRGGBB`.
    """

    name: str
    type: OptionType
    default: OptionValue
    meaning: str
    allowed: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    takes_effect: TakesEffect = TakesEffect.NEXT_INTERACTION
    strategy: bool = False
    refers_to: str = ""
    pattern: str = ""
    form: str = ""
    declared_by: str = "workloom"


class OptionProblem(Struct, frozen=True, kw_only=True):
    """A setting that is not used, and what is used in its place."""

    option: str
    layer: str
    found: str
    expected: str
    in_use: str


class LayerKind(StrEnum):
    """The layers in which a site sets options, the weakest first; a strategy's come with its transactions."""

    APPLICATION = "application"
    TENANT = "tenant"
    AGENT_GROUP = "agent-group"
    PERSON = "person"


class OptionLayer(Struct, frozen=True, kw_only=True):
    """Where an option is set. `name`: that of the agent group or person; empty for the other two."""

    kind: LayerKind = LayerKind.APPLICATION
    name: str = ""

    def __str__(self) -> str:
        words = {LayerKind.APPLICATION: "Application", LayerKind.TENANT: "Tenant", LayerKind.PERSON: "Person"}
        return f"{words.get(self.kind, 'Agent Group')} {self.name}".strip()


class OptionChange(Struct, frozen=True, kw_only=True):
    """What becomes of the setting of one option in one layer; None: it is not set there.

    `persons`: how many people are given another setting by it, since no stronger layer of theirs has one.
    """

    option: str
    layer: OptionLayer
    before: OptionValue | None
    after: OptionValue | None
    persons: int


class OptionSource(Struct, frozen=True, kw_only=True):
    """The value in use and the layer that set it."""

    value: OptionValue
    layer: str


class OptionSet:
    """The options in effect for one agent, and for one item where a strategy overrides some."""

    def __init__(self, values: Mapping[str, OptionSource], problems: Iterable[OptionProblem] = ()) -> None:
        self._values = values
        self.problems = tuple(problems)

    def source(self, name: str) -> OptionSource:
        """Value and layer of an option; the name has its media type filled in. KeyError = not declared."""
        return self._values[name]

    def flag(self, name: str) -> bool:
        """A bool option."""
        value = self._values[name].value
        assert isinstance(value, bool), name
        return value

    def number(self, name: str) -> int:
        """An int option."""
        value = self._values[name].value
        assert isinstance(value, int) and not isinstance(value, bool), name
        return value

    def text(self, name: str) -> str:
        """A text or choice option."""
        value = self._values[name].value
        assert isinstance(value, str), name
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """A list option."""
        value = self._values[name].value
        assert isinstance(value, tuple), name
        return value

    def with_defaults(self, specs: Iterable[OptionSpec], media_types: Iterable[str]) -> "OptionSet":
        """With the usual values of declared options that are not in effect yet, for these media types; else itself."""
        kinds, missing = tuple(media_types), dict[str, OptionSpec]()
        for spec in specs:
            names = [spec.name.replace(MEDIA_TYPE, kind) for kind in kinds] if MEDIA_TYPE in spec.name else [spec.name]
            missing |= {name: spec for name in names if name not in self._values and "<" not in name}
        if not missing:
            return self
        usual = {name: OptionSource(value=spec.default, layer="default") for name, spec in missing.items()}
        return OptionSet({**self._values, **usual}, self.problems)

    def names(self) -> tuple[str, ...]:
        """All options that are in effect."""
        return tuple(self._values)
