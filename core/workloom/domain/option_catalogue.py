"""Which options there are: the declarations of the core and of the plugins, looked up by concrete name.

A declared name is a pattern: a part in angle brackets (`<mt>`, `<nickname>`, `<attr>`) stands for any name without a
dot. Of two patterns that fit, the one with fewer such parts counts: `workbin.claim.in-progress` is
`workbin.<mt>.in-progress`, not a nickname.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from workloom.domain.options import OptionSet, OptionSpec, OptionType
from workloom.domain.site import Site


class Declared(Struct, frozen=True):
    """A concrete option name and what its declaration's placeholders stand for in it."""

    spec: OptionSpec
    filled: Mapping[str, str]


class DoubleDeclaration(Struct, frozen=True):
    """One option name with two declarers; the first one counts."""

    name: str
    first: str
    second: str

    def __str__(self) -> str:
        return f"The option {self.name} is declared by {self.first} and again by {self.second}; the first one counts."


class OptionCatalogue:
    """All declared options. `with_specs` makes a larger one; it changes itself only where a plugin is worked on."""

    def __init__(self, specs: Iterable[OptionSpec]) -> None:
        self.doubles = self._read(specs)

    def renew(self, specs: Iterable[OptionSpec]) -> None:
        """Take other declarations, for whoever holds it: a plugin was reloaded with another manifest. Any thread."""
        declared = tuple(specs)
        if declared != tuple(self._specs.values()):
            self.doubles = self._read(declared)

    def _read(self, specs: Iterable[OptionSpec]) -> tuple[DoubleDeclaration, ...]:
        found: dict[str, OptionSpec] = {}
        doubles = []
        for spec in specs:
            first = found.setdefault(spec.name, spec)
            if first is not spec:
                doubles.append(DoubleDeclaration(spec.name, first.declared_by, spec.declared_by))
        by_length: dict[int, list[tuple[tuple[str, ...], OptionSpec]]] = {}
        for spec in sorted(found.values(), key=lambda spec: spec.name.count("<")):
            parts = tuple(spec.name.split("."))
            by_length.setdefault(len(parts), []).append((parts, spec))
        self._specs: dict[str, OptionSpec] = found
        self._by_length: dict[int, list[tuple[tuple[str, ...], OptionSpec]]] = by_length
        self._kept: tuple[Site | None, dict[str, OptionSet]] = (None, {})
        return tuple(doubles)

    def with_specs(self, specs: Iterable[OptionSpec]) -> "OptionCatalogue":
        """A catalogue with these declarations behind the present ones."""
        return OptionCatalogue((*self._specs.values(), *specs))

    def find(self, name: str) -> Declared | None:
        """The declaration that a concrete name belongs to, None if nobody declares it."""
        exact = self._specs.get(name)
        if exact is not None and "<" not in name:
            return Declared(exact, {})
        parts = name.split(".")
        for pattern, spec in self._by_length.get(len(parts), ()):
            filled = _fit(pattern, parts)
            if filled is not None:
                return Declared(spec, filled)
        return None

    def kept(self, site: Site, person: str, make: Callable[[], OptionSet]) -> OptionSet:
        """The options of a person under this very site, made at the first call and kept until another site comes."""
        known_site, sets = self._kept
        if known_site is not site:
            sets = {}
            self._kept = (site, sets)
        found = sets.get(person)
        if found is None:
            found = sets[person] = make()
        return found

    def literals_for(self, spec: OptionSpec, part: int) -> frozenset[str]:
        """Fixed names that sibling declarations have where `spec` has the placeholder number `part`."""
        pattern = spec.name.split(".")
        return frozenset(
            other[part]
            for patterns in self._by_length.values()
            for other, _ in patterns
            if len(other) > part and list(other[:part]) == pattern[:part] and not is_placeholder(other[part])
        )

    def __iter__(self) -> Iterator[OptionSpec]:
        return iter(self._specs.values())

    def __len__(self) -> int:
        return len(self._specs)


def is_placeholder(part: str) -> bool:
    """Whether a part of a declared name stands for any name."""
    return part.startswith("<") and part.endswith(">")


def fill(name: str, values: Mapping[str, str]) -> str:
    """A declared name with its placeholders replaced."""
    return ".".join(values.get(part, part) for part in name.split("."))


def _fit(pattern: Sequence[str], parts: Sequence[str]) -> dict[str, str] | None:
    filled = {}
    for expected, found in zip(pattern, parts, strict=True):
        if is_placeholder(expected):
            if not found:
                return None
            filled[expected] = found
        elif expected != found:
            return None
    return filled


def expected_value(spec: OptionSpec) -> str:
    """What a value of the option must be, in words."""
    if spec.type is OptionType.FLAG:
        return "true or false"
    if spec.type is OptionType.NUMBER:
        if spec.minimum is not None and spec.maximum is not None:
            return f"a whole number from {spec.minimum} to {spec.maximum}"
        return "a whole number" + (f", {spec.minimum} or more" if spec.minimum is not None else "")
    return spec.form or _expected_text(spec)


def _expected_text(spec: OptionSpec) -> str:
    if spec.allowed:
        one = "one of " if spec.type is not OptionType.LIST else "a list of "
        return one + ", ".join(word or "nothing" for word in spec.allowed)
    if spec.refers_to:
        kind = spec.refers_to.replace("-", " ")
        return f"a list of names of {kind}s" if spec.type is OptionType.LIST else f"the name of a {kind}"
    return "a list of texts" if spec.type is OptionType.LIST else "a text"
