"""Options as text: what is in effect for somebody, and the reference page of all of them."""

from collections.abc import Iterable, Iterator

from workloom.domain.option_catalogue import OptionCatalogue, expected_value
from workloom.domain.option_values import as_text
from workloom.domain.options import OptionProblem, OptionSet, OptionSpec


def in_effect(options: OptionSet) -> Iterator[tuple[str, str, str]]:
    """(name, value, layer) of each option, by name."""
    for name in sorted(options.names()):
        source = options.source(name)
        yield name, as_text(source.value), source.layer


def in_words(problem: OptionProblem) -> str:
    """A setting that is not used, in one sentence."""
    in_use = f" In use: {problem.in_use}." if problem.in_use else ""
    return f"{problem.option} ({problem.layer}): expected {problem.expected}, found “{problem.found}”.{in_use}"


def reference_page(catalogue: OptionCatalogue) -> str:
    """The page `docs/options.md`: every declared option, by who declares it."""
    lines = [_HEAD]
    specs = sorted(catalogue, key=lambda spec: (spec.declared_by != "workloom", spec.declared_by))
    for declarer in dict.fromkeys(spec.declared_by for spec in specs):
        title = "Workloom" if declarer == "workloom" else f"Plugin *{declarer}*"
        lines += [f"## {title}", ""]
        lines += _section(spec for spec in specs if spec.declared_by == declarer)
    return "\n".join(lines).rstrip() + "\n"


_HEAD = """\
# Options

This page is written by `workloom options --markdown`; a test keeps it true.

An option is set in a site file, in the layer where it shall hold: `[options]` for everybody, `[tenant-options]`,
`[groups."Name".options]`, `[persons.name.options]`. The later layer wins: code default, Application, Tenant, Agent
Group, Person. Of two groups the one whose name is later in the alphabet wins. `[transactions.Name.options]` holds what
a routing strategy lays over all of them for one item; only options marked *strategy* can stand there.

`<mt>` stands for the name of a media type, other words in angle brackets for a name that you choose. A setting that
nobody declares, or whose value does not fit, is reported with its layer, and the last good layer holds.
`workloom options --agent NAME` says what is in effect for somebody, and by which layer.
"""


def _section(specs: Iterable[OptionSpec]) -> Iterator[str]:
    for spec in specs:
        strategy = " · strategy" if spec.strategy else ""
        default = f"`{as_text(spec.default)}`" if as_text(spec.default) else "empty"
        yield f"### `{spec.name}`"
        yield ""
        yield spec.meaning
        yield ""
        facts = (f"Value: {expected_value(spec)}", f"default: {default}", f"takes effect: {spec.takes_effect}")
        yield " · ".join(facts) + strategy
        yield ""
