"""Which plugins may start, in which order, and what is said of the others."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.plugins.manager.making import Yard
from workloom.domain.errors import BadInput
from workloom.domain.options import OptionType
from workloom.plugin_manager.admission import admit
from workloom.plugin_manager.discovery import Candidate, Found
from workloom.plugin_manager.manifest import Manifest
from workloom.plugin_manager.manifest_tables import OptionTable
from workloom.plugin_manager.ordering import circles, in_order

IDS = ("a", "b", "c", "d", "e")
some_ids = st.sets(st.sampled_from(IDS), max_size=2).map(lambda ids: tuple(sorted(ids)))


@st.composite
def manifests(draw: st.DrawFn) -> list[Manifest]:
    """Up to five plugins with wishes of all kinds."""
    return [
        Manifest(
            id=id_,
            name=id_,
            version="1",
            api_level=1,
            order=draw(st.sampled_from([1, 500])),
            requires=draw(some_ids),
            before=draw(some_ids),
            after=draw(some_ids),
        )
        for id_ in draw(st.lists(st.sampled_from(IDS), unique=True, min_size=1))
    ]


def ids(ordered: tuple[Manifest, ...]) -> list[str]:
    """Their ids."""
    return [manifest.id for manifest in ordered]


@given(manifests())
def test_the_order_is_the_same_however_plugins_were_found(found: list[Manifest]) -> None:
    orders = {(tuple(ids(in_order(one))), circles(one)) for one in permutations(found)}
    assert len(orders) == 1


@st.composite
def found_plugins(draw: st.DrawFn) -> list[Found]:
    """Up to four plugins with wishes, tokens and options that may be in each other's way."""
    some_tokens = st.sets(st.sampled_from(("t.x", "t.y")), max_size=1).map(tuple)
    options = {
        name: OptionTable(name=name, type=OptionType("bool"), default=True, meaning="X.") for name in ("o.p", "o.q")
    }
    return [
        Found(
            candidate=Candidate(manifest.id, f"package_{manifest.id}"),
            file=f"{manifest.id}.toml",
            manifest=replace(
                manifest,
                requires=(*manifest.requires, *draw(some_tokens)),
                provides=draw(some_tokens),
                replaces=draw(some_tokens),
                option=tuple(options[name] for name in draw(st.sets(st.sampled_from(sorted(options))))),
            ),
        )
        for manifest in draw(manifests())[:4]
    ]


@given(found_plugins(), st.data())
def test_who_starts_who_does_not_and_why_are_the_same_however_plugins_were_found(
    found: list[Found], data: st.DataObject
) -> None:
    off = data.draw(st.sets(st.sampled_from([one.candidate.name for one in found])))
    first = admit(found, off)
    assert all(admit(one, off) == first for one in permutations(found))


@given(manifests())
def test_every_wish_holds_outside_of_circles(found: list[Manifest]) -> None:
    ordered = ids(in_order(found))
    for manifest in found:
        for earlier in (*manifest.requires, *manifest.after):
            if manifest.id in ordered and earlier in ordered:
                assert ordered.index(earlier) < ordered.index(manifest.id)
        for later in manifest.before:
            if manifest.id in ordered and later in ordered:
                assert ordered.index(manifest.id) < ordered.index(later)
    if not circles(found):
        assert set(ordered) == {manifest.id for manifest in found}


def test_without_wishes_the_order_key_decides_and_then_the_id(yard: Yard) -> None:
    for id_, order in (("late", 900), ("zebra", 500), ("ant", 500), ("early", 1)):
        yard.add(id_, manifest=f"order = {order}\n")
    assert [info.id for info in yard.manager().infos()] == ["early", "ant", "zebra", "late"]


def test_two_plugins_with_one_id_are_both_refused_by_name(yard: Yard) -> None:
    yard.add("acme")
    manifest = (yard.folder / yard.package("acme") / "plugin.toml").read_text("utf-8")
    other = yard.write("acme", manifest.replace("acme_of", "other_of"), package="other_of_the_tests")
    yard.add("good")
    good, *doubles = yard.manager().infos()
    assert (good.id, good.state) == ("good", "ready")
    assert [info.state for info in doubles] == ["refused", "refused"]
    for info in doubles:
        assert "the packages acme_of_the_tests and other_of_the_tests are both called “acme”" in info.reason
        assert "uninstall one of them" in info.reason
    assert other.package in {info.package for info in doubles}


def test_what_needs_a_plugin_that_is_not_there_is_refused_and_so_is_what_needs_that(yard: Yard) -> None:
    yard.add("claims", manifest='requires = ["workitem_type"]\n')
    yard.add("reports", manifest='requires = ["claims"]\n')
    yard.add("good", manifest='optional = ["claims"]\nafter = ["nobody"]\n')
    good, claims, reports = yard.manager().infos()
    assert good.state == "ready"
    assert "“claims” needs the plugin “workitem_type”, which is not installed. Install what is needed" in claims.reason
    assert "“reports” needs the plugin “claims”, which cannot be started itself" in reports.reason
    assert claims.manifest in claims.reason


def test_what_needs_a_plugin_that_is_off_is_refused(yard: Yard) -> None:
    yard.add("base")
    yard.add("more", manifest='requires = ["base"]\n')
    base, more = yard.manager("base").infos()
    assert (base.state, more.state) == ("off", "refused")
    assert "needs the plugin “base”, which is off. Start what is needed" in more.reason


def test_a_circle_is_named_with_its_members_and_the_others_start(yard: Yard) -> None:
    yard.add("hen", manifest='after = ["egg"]\n')
    yard.add("egg", manifest='after = ["hen"]\n')
    yard.add("cook", manifest='after = ["egg"]\n')
    yard.add("omelette", manifest='requires = ["egg"]\n')
    cook, egg, hen, omelette = yard.manager().infos()
    assert cook.state == "ready"
    for info in (egg, hen):
        assert "the plugins “egg”, “hen” wait for each other in a circle. Take one of them out" in info.reason
    assert "“omelette” needs the plugin “egg”, which cannot be started itself" in omelette.reason


def test_a_plugin_for_a_later_desktop_is_refused_alone(yard: Yard) -> None:
    yard.add("good")
    yard.write("acme", 'id = "acme"\nname = "Acme"\nversion = "1"\napi-level = 2\nnew-key = 1\n')
    good, acme = yard.manager().infos()
    assert (good.state, acme.state) == ("ready", "refused")
    assert ":4:13: api-level: needs API level 2, this desktop offers 1. Update Workloom." in acme.reason


def test_switching_off_a_plugin_that_does_not_exist_says_which_there_are(yard: Yard) -> None:
    yard.add("workbin")
    yard.add("history")
    with pytest.raises(BadInput, match=r"There is no plugin “workbins”\. Did you mean “workbin”\?"):
        yard.manager("workbins")
    with pytest.raises(BadInput, match=r"There is no plugin “x”. There is history, workbin\."):
        yard.manager("x")


def test_each_combination_of_plugins_that_are_off_starts_the_others(yard: Yard) -> None:
    names = ["one", "three", "two"]
    for name in names:
        yard.add(name)
    for off in ([], ["one"], ["one", "two"], names):
        manager = yard.manager(*off)
        session = yard.open(manager)
        assert yard.actions() == [f"{name}.act" for name in names if name not in off]
        session.close()


def test_options_of_a_plugin_that_is_off_are_still_declared(yard: Yard) -> None:
    yard.add("acme", manifest='[[option]]\nname="acme.x"\ntype="bool"\ndefault=true\nmeaning="X."\n')
    assert [spec.name for spec in yard.manager("acme").option_specs()] == ["acme.x"]


FILTER = '[[action-filter]]\nid = "{id}.filter"\naction = "{action}"\n'


def test_a_filter_of_actions_needs_no_code_and_a_misspelled_action_is_a_fault(yard: Yard) -> None:
    yard.add("acme")
    yard.add("rules", code="", manifest=FILTER.format(id="rules", action="acme.act"))
    yard.add("typo", code="", manifest=FILTER.format(id="typo", action="acme.atc"))
    yard.add("lone", code="", manifest=FILTER.format(id="lone", action="elsewhere.shown"))
    manager = yard.manager()
    session = yard.open(manager)
    assert [one.what.id for one in yard.registries.all_filters] == ["lone.filter", "rules.filter"]
    info = next(info for info in manager.infos() if info.id == "rules")
    assert [one.title for one in info.contributions if one.kind == "action-filter"] == ["acme.act is hidden"]
    (fault,) = manager.faults()
    assert (fault.plugin, fault.where) == ("typo", "action filter typo.filter")
    assert "did you mean “acme.act”?" in fault.said
    session.close()
    assert list(yard.registries.all_filters) == []


GATE = """
class Plugin:
    @hook
    def gates(self, context):
        return [Gate(id="rules.gate", before=lambda attempt: refuse("No."))]
"""


def test_a_gate_of_the_hook_gates_stands_before_what_its_manifest_says(yard: Yard) -> None:
    yard.add("rules", GATE, manifest='[[gate]]\nid = "rules.gate"\ncommands = ["MarkDone", "LogOff"]\nseconds = 9\n')
    manager = yard.manager()
    session = yard.open(manager)
    (entry,) = yard.registries.all_gates
    assert ([*entry.what.commands], entry.what.seconds) == (["MarkDone", "LogOff"], 9)
    assert manager.faults() == ()
    session.close()
