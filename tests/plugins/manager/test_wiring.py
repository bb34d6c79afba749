"""Tokens: what one plugin provides and others use, replaced and undone with their plugins."""

import threading
from collections.abc import Callable
from typing import cast

import pytest

from tests.plugins.manager.making import Yard
from workloom.api.plugins import PluginInfo
from workloom.api.tokens import Token
from workloom.domain.errors import BadInput, NotFound

NUMBERS: Token[object] = Token("base.numbers")
BASE = """
NUMBERS = Token("base.numbers")

class Numbers:
    def __init__(self, context, start=1):
        self.context, self.start = context, start
        context.marks.append("built base")

    def next(self):
        return self.start

    def close(self):
        self.context.marks.append("stopped base")

class Plugin:
    providers = (provide(NUMBERS, Numbers, needs={"context": CONTEXT, "start": 7}, stop=Numbers.close),)
"""
USER = """
NUMBERS = Token("base.numbers")

class Plugin:
    @hook
    def session_started(self, context):
        numbers = context.find(NUMBERS)
        context.marks.append(f"{context.plugin} has {numbers.next() if numbers else None}")
"""
DOUBLED = """
NUMBERS = Token("base.numbers")

class Doubled:
    def __init__(self, inner):
        self.inner = inner

    def next(self):
        return 2 * self.inner.next()

class Plugin:
    providers = (provide(NUMBERS, Doubled, needs={"inner": NUMBERS}),)
"""
PROVIDES = 'provides = ["base.numbers"]\n'
REPLACES = 'replaces = ["base.numbers"]\n'
REQUIRES = 'requires = ["base.numbers"]\n'
OPTIONAL = 'optional = ["base.numbers"]\n'


def info_of(infos: tuple[PluginInfo, ...], id_: str) -> PluginInfo:
    """The one of that id."""
    return next(info for info in infos if info.id == id_)


def test_a_token_is_built_once_for_each_agent_and_stopped_with_its_plugin(yard: Yard) -> None:
    yard.add("user", USER, REQUIRES)
    yard.add("base", BASE, PROVIDES)
    manager = yard.manager()
    session = yard.open(manager)
    assert [info.id for info in manager.infos()] == ["base", "user"]
    context = session.contexts()["user"]
    assert context.get(NUMBERS) is context.get(NUMBERS)
    session.close()
    assert yard.marks == ["built base", "user has 7", "stopped base"]
    yard.open(manager)
    assert yard.marks.count("built base") == 2
    assert manager.faults() == ()


def test_a_replacement_takes_the_place_and_gives_it_back_and_who_uses_the_token_is_started_anew(yard: Yard) -> None:
    yard.add("base", BASE, PROVIDES)
    yard.add("doubled", DOUBLED, REPLACES)
    yard.add("again", DOUBLED, REPLACES + "order = 900\n")
    yard.add("user", USER, REQUIRES + "order = 1\n")
    manager = yard.manager("again")
    yard.open(manager)
    assert yard.marks[-1] == "user has 14"
    manager.enable("again")
    assert yard.marks[-1] == "user has 28"
    assert [(wire.provider, wire.replaced, wire.users) for wire in manager.inspector.wires()] == [
        ("again", ("base", "doubled"), ("user",))
    ]
    manager.disable("doubled")
    manager.disable("again")
    assert yard.marks[-1] == "user has 7"
    assert manager.faults() == ()
    assert manager.leaks() == ()


def test_who_can_do_without_a_token_gets_none_and_is_started_anew_when_it_comes_or_goes(yard: Yard) -> None:
    yard.add("base", BASE, PROVIDES)
    yard.add("user", USER, OPTIONAL)
    manager = yard.manager("base")
    session = yard.open(manager)
    manager.enable("base")
    manager.disable("base")
    assert [mark for mark in yard.marks if "user" in mark] == ["user has None", "user has 7", "user has None"]
    with pytest.raises(NotFound, match=r"Nobody provides the token “base.numbers”, which the plugin “user” asks for"):
        session.contexts()["user"].get(NUMBERS)


def test_who_requires_a_token_stops_before_its_provider(yard: Yard) -> None:
    yard.add("base", BASE, PROVIDES)
    yard.add("user", USER, REQUIRES)
    yard.add("doubled", DOUBLED, REPLACES)
    manager = yard.manager()
    yard.open(manager)
    manager.disable("base")
    said = {info.id: info.reason for info in manager.infos()}
    assert (
        said["user"].partition("plugin.toml: ")[2]
        == "It needs the token “base.numbers” of the plugin “base”, which is off. Start that one, then this one."
    )
    assert said["doubled"].partition("plugin.toml: ")[2] == said["user"].partition("plugin.toml: ")[2] != ""
    with pytest.raises(
        BadInput, match=r"“user” needs the token “base.numbers” of the plugin “base”, which is off. Start"
    ):
        manager.enable("user")


def test_a_token_that_nobody_provides_is_named_with_plugin_and_file(yard: Yard) -> None:
    yard.add("user", USER, REQUIRES)
    yard.add("good")
    good, user = yard.manager().infos()
    assert good.state == "ready"
    assert "“user” needs the token “base.numbers”, which no installed plugin provides. Install what" in user.reason
    assert user.reason.startswith(user.manifest)


def test_two_providers_of_one_token_are_named_and_the_first_keeps_it(yard: Yard) -> None:
    yard.add("base", BASE, PROVIDES)
    yard.add("other", BASE, PROVIDES)
    yard.add("user", USER, REQUIRES)
    infos = yard.manager().infos()
    other = info_of(infos, "other")
    assert (info_of(infos, "base").state, other.state, info_of(infos, "user").state) == ("ready", "refused", "ready")
    assert other.reason.startswith(other.manifest)
    assert "the plugin “base” provides the token “base.numbers” already. Name it under “replaces”" in other.reason


def test_what_replaces_nothing_is_refused(yard: Yard) -> None:
    yard.add("doubled", DOUBLED, REPLACES)
    (doubled,) = yard.manager().infos()
    assert "replaces: no plugin provides the token “base.numbers”. Install the one that does" in doubled.reason


def test_plugins_that_need_each_others_tokens_are_a_circle(yard: Yard) -> None:
    yard.add("hen", BASE, 'provides = ["hen.eggs"]\nrequires = ["egg.hens"]\n')
    yard.add("egg", BASE, 'provides = ["egg.hens"]\nrequires = ["hen.eggs"]\n')
    for info in yard.manager().infos():
        assert "the plugins “egg”, “hen” wait for each other in a circle" in info.reason


@pytest.mark.parametrize(
    ("providers", "manifest", "said"),
    [
        ("()", PROVIDES, "the manifest says that it provides “base.numbers”. Add provide(…) for it"),
        ("5", "", "expected a tuple of what provide(…) returns, found int"),
        ("(provide(Token('acme.x'), dict), provide(Token('acme.x'), dict))", "", "“acme.x” is provided twice"),
        (
            "(provide(Token('else.x'), dict),)",
            "",
            "the token “else.x” is not the plugin's own. Name it in the manifest",
        ),
        (
            "(provide(Token('acme.x'), dict, needs={'y': Token('else.y')}),)",
            "",
            "“acme.x” needs the token “else.y”. Name it in the manifest, under “requires”",
        ),
        (
            "tuple(provide(Token('acme.' + a), dict, needs={b: Token('acme.' + b)}) for a, b in ('ab', 'ba'))",
            "",
            "the tokens need each other in a circle: acme.a → acme.b → acme.a",
        ),
    ],
)
def test_providers_that_are_not_what_the_manifest_says_refuse_the_plugin(
    yard: Yard, providers: str, manifest: str, said: str
) -> None:
    yard.add("acme", f"class Plugin:\n    providers = {providers}\n", manifest)
    manager = yard.manager()
    yard.open(manager)
    (acme,) = manager.infos()
    assert acme.state == "refused"
    assert said in acme.reason


def test_a_provider_that_fails_is_blamed_and_may_succeed_the_next_time(yard: Yard) -> None:
    failing = BASE.replace(
        'context.marks.append("built base")', "context.marks.append('try') or 1 / len(context.marks[1:])"
    )
    yard.add("base", failing, PROVIDES)
    yard.add("user", "class Plugin: ...", REQUIRES)
    manager = yard.manager()
    context = yard.open(manager).contexts()["user"]
    with pytest.raises(
        NotFound, match=r"“base.numbers” cannot be had: the plugin “base”, which provides it, has failed"
    ):
        context.get(NUMBERS)
    assert [(fault.plugin, fault.where) for fault in manager.faults()] == [("base", "provider base.numbers")]
    assert context.get(NUMBERS)


def test_threads_that_ask_at_the_same_time_get_the_same_object(yard: Yard) -> None:
    yard.add(
        "base",
        BASE.replace("self.context, self.start", "__import__('time').sleep(0.05); self.context, self.start"),
        PROVIDES,
    )
    yard.add("user", "class Plugin: ...", REQUIRES)
    context = yard.open(yard.manager()).contexts()["user"]
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(context.get(NUMBERS))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(map(id, found))) == 1


SPECS = """
class AcmeHooks:
    @hookspec
    def acme_checks(self, context, number): ...

class Plugin:
    @hook
    def session_started(self, context):
        context.marks.append(context.ask(AcmeHooks.acme_checks, 3))
"""
CHECKS = """
class Plugin:
    @hook
    def acme_checks(self, context, number):
        {body}
"""


def test_a_plugin_asks_others_through_hooks_of_its_own_each_under_guard(yard: Yard) -> None:
    yard.add(
        "acme", SPECS + "        context.on_stop(lambda: 0)\n", f'hooks = "{yard.package("acme")}.plugin:AcmeHooks"\n'
    )
    needs = 'requires = ["acme"]\n'
    yard.add("one", CHECKS.format(body="return (context.plugin, number)"), needs)
    yard.add("sore", CHECKS.format(body="1 / 0"), needs)
    yard.add("two", CHECKS.format(body="return (context.plugin, number)"), needs)
    manager = yard.manager()
    yard.open(manager)
    asked: list[object] = list(yard.marks)
    assert asked == [[("one", 3), ("two", 3)]]
    assert [(fault.plugin, fault.where) for fault in manager.faults()] == [("sore", "hook acme_checks")]
    manager.disable("acme")
    manager.enable("acme")
    manager.enable("one")
    assert list[object](yard.marks)[1:] == [[]]
    manager.disable("acme")
    assert manager.leaks() == ()


def test_a_misspelled_hook_of_another_plugin_is_named_and_one_that_need_not_be_there_may_be_missing(yard: Yard) -> None:
    yard.add("acme", SPECS, f'hooks = "{yard.package("acme")}.plugin:AcmeHooks"\n')
    yard.add("bad", CHECKS.replace("acme_checks", "acme_check").format(body="pass"), 'requires = ["acme"]\n')
    yard.add(
        "free", CHECKS.replace("@hook", "@hook(optionalhook=True)").format(body="return 1"), 'optional = ["acme"]\n'
    )
    yard.add("same", SPECS, f'hooks = "{yard.package("same")}.plugin:AcmeHooks"\n')
    manager = yard.manager()
    yard.open(manager)
    infos = manager.infos()
    assert "there is no hook “acme_check”; did you mean “acme_checks”?" in info_of(infos, "bad").reason
    assert "AcmeHooks.acme_checks: the plugin “acme” has a hook of this name" in info_of(infos, "same").reason
    assert list[object](yard.marks) == [[1]]
    manager.disable("acme")
    assert info_of(manager.infos(), "free").state == "running"


def test_a_plugin_that_still_asks_its_hook_when_it_has_been_stopped_gets_no_answer(yard: Yard) -> None:
    asking = SPECS.replace("append(context.ask", "append(lambda: context.ask")
    yard.add("acme", asking, f'hooks = "{yard.package("acme")}.plugin:AcmeHooks"\n')
    manager = yard.manager()
    yard.open(manager)
    (ask,) = cast("list[Callable[[], object]]", list(yard.marks))
    assert ask() == []
    manager.disable("acme")
    assert ask() == []
