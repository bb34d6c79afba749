"""Options: declared, layered, checked."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from workloom.domain.core_options import CORE_OPTIONS, core_catalogue
from workloom.domain.interaction import Interaction
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.option_layers import effective_options
from workloom.domain.options import OptionSet, OptionSpec, OptionType
from workloom.domain.site import (
    AgentGroup,
    AttributeValue,
    BusinessAttribute,
    MediaType,
    Person,
    Queue,
    Site,
    Transaction,
    Workbin,
)

MANDATORY = "interaction.disposition.is-mandatory"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SITE = Site(
    media_types={name: MediaType(name=name, title=name.title(), singular=name) for name in ("claim", "form")},
    queues={"q1": Queue(name="q1"), "q2": Queue(name="q2")},
    workbins={"w1": Workbin(name="w1")},
    business_attributes={
        "not-ready-reasons": BusinessAttribute(name="not-ready-reasons", values=(AttributeValue(name="Lunch"),))
    },
)


def options(site: Site, item: Interaction | None = None) -> OptionSet:
    return effective_options(core_catalogue(), site, "lena", item)


def with_layers(
    *,
    application: dict[str, object] | None = None,
    tenant: dict[str, object] | None = None,
    groups: dict[str, dict[str, object]] | None = None,
    person: dict[str, object] | None = None,
    transactions: dict[str, dict[str, object]] | None = None,
) -> Site:
    names = groups or {}
    return replace(
        SITE,
        application_options=application or {},
        tenant_options=tenant or {},
        groups={name: AgentGroup(name=name, options=settings) for name, settings in names.items()},
        persons={"lena": Person(name="lena", employee_id="1", groups=tuple(names), options=person or {})},
        transactions={
            name: Transaction(name=name, options=settings) for name, settings in (transactions or {}).items()
        },
    )


def item(**attached: object) -> Interaction:
    return Interaction(
        id="i",
        tenant="default",
        media_type="claim",
        received_at=NOW,
        submitted_at=NOW,
        placed_at=NOW,
        attached=attached,
    )


def test_the_later_layer_wins_and_is_named() -> None:
    name = "teamcommunicator.max-suggestion-size"
    layers: list[tuple[str, Site]] = [
        ("default", with_layers()),
        ("Application", with_layers(application={name: 1})),
        ("Tenant default", with_layers(application={name: 1}, tenant={name: 2})),
        ("Agent Group A", with_layers(application={name: 1}, tenant={name: 2}, groups={"A": {name: 3}})),
        ("Person lena", with_layers(application={name: 1}, groups={"A": {name: 3}}, person={name: 4})),
    ]
    assert [options(site).source(name).layer for _, site in layers] == [layer for layer, _ in layers]
    assert [options(site).number(name) for _, site in layers] == [50, 1, 2, 3, 4]


def test_of_two_groups_the_one_later_in_the_alphabet_wins_in_whatever_order_they_are_given() -> None:
    for names in (("A", "B"), ("B", "A")):
        site = with_layers(groups={name: {"login.prompt-place": name == "B"} for name in names})
        assert options(site).flag("login.prompt-place")
        assert options(site).source("login.prompt-place").layer == "Agent Group B"


@pytest.mark.parametrize(
    ("name", "bad", "expected"),
    [
        ("login.prompt-place", "yes", "true or false"),
        ("login.prompt-place", 1, "true or false"),
        ("teamcommunicator.max-suggestion-size", 0, "a whole number from 1 to 500"),
        ("teamcommunicator.max-suggestion-size", True, "a whole number from 1 to 500"),
        ("teamcommunicator.max-suggestion-size", "20", "a whole number from 1 to 500"),
        ("intercommunication.claim.queue", "q9", "the name of a queue; “q9” is none"),
        ("intercommunication.claim.queue", 3, "the name of a queue"),
        ("workbin.claim.in-progress", "w9", "the name of a workbin; “w9” is none"),
        ("login.claim.auto-not-ready-reason", "Nap", "the name of a reason; “Nap” is none"),
        ("openmedia.workitem-channels", ["claim", "letter"], "a list of names of media types; “letter” is none"),
        ("openmedia.workitem-channels", [1], "a list of names of media types"),
        ("agent-status.enabled-actions-global", ["Ready", "Nap"], "a list of Ready, NotReady,"),
    ],
)
def test_a_value_that_does_not_fit_is_reported_and_the_last_good_layer_holds(
    name: str, bad: object, expected: str
) -> None:
    bare = options(with_layers()).source(name).value
    found = options(with_layers(person={name: bad}))
    assert found.source(name).value == bare
    (problem,) = found.problems
    assert (problem.option, problem.layer) == (name, "Person lena")
    assert problem.expected.startswith(expected)
    assert problem.in_use.endswith("(default)")


def test_the_problem_says_which_layer_holds() -> None:
    name = "intercommunication.claim.queue"
    found = options(with_layers(application={name: "q1"}, tenant={name: "q9"}, person={name: "q2"}))
    assert found.text(name) == "q2"
    assert [(problem.layer, problem.in_use) for problem in found.problems] == [("Tenant default", "q2 (Person lena)")]


def test_the_problem_says_when_nothing_is_in_use() -> None:
    (problem,) = options(with_layers(person={"openmedia.workitem-channels": ["letter"]})).problems
    assert problem.in_use == "nothing (default)"


@pytest.mark.parametrize(
    "name", ["interaction.frame", "claim", "", "workbin.letter.in-progress", "login..is-auto-ready"]
)
def test_an_option_that_nobody_declares_is_reported_with_its_layer(name: str) -> None:
    found = options(with_layers(tenant={name: True}))
    assert [(problem.option, problem.layer) for problem in found.problems] == [(name, "Tenant default")]
    assert name not in found.names()


def test_a_list_may_be_written_as_one_text() -> None:
    found = options(with_layers(application={"openmedia.workitem-channels": "claim, form"}))
    assert found.words("openmedia.workitem-channels") == ("claim", "form")


def test_there_is_one_option_for_each_media_type_and_each_nickname_that_is_set() -> None:
    found = options(with_layers(person={"workbin.claim.later": "w1", "workbin.claim.later.max-results": 7}))
    assert {name for name in found.names() if name.startswith("workbin.claim.")} == {
        "workbin.claim.in-progress",
        "workbin.claim.in-progress.max-results",
        "workbin.claim.later",
        "workbin.claim.later.max-results",
    }
    assert found.number("workbin.claim.later.max-results") == 7
    assert found.number("workbin.form.in-progress.max-results") == 500
    with pytest.raises(KeyError):
        found.source("workbin.claim.never-set")


TRANSACTIONS: dict[str, dict[str, object]] = {
    "Gold": {MANDATORY: True, "intercommunication.claim.queue": "q2"},
    "Silver": {MANDATORY: False, "login.prompt-place": True, "bogus": 1},
}


def test_a_strategy_goes_above_all_layers_for_one_item() -> None:
    site = with_layers(person={MANDATORY: False}, transactions=TRANSACTIONS)
    assert not options(site, item()).flag(MANDATORY)
    overridden = options(site, item(IW_OverrideOptions="Gold"))
    assert overridden.flag(MANDATORY)
    assert overridden.source(MANDATORY).layer == "Strategy Gold"
    assert overridden.text("intercommunication.claim.queue") == "q2"
    assert not options(site).flag(MANDATORY)


def test_of_several_transactions_the_later_wins() -> None:
    site = with_layers(transactions=TRANSACTIONS)
    assert not options(site, item(IW_OverrideOptions="Gold, Silver")).flag(MANDATORY)
    assert options(site, item(IW_OverrideOptions="Silver,Gold")).flag(MANDATORY)


def test_a_strategy_overrides_only_what_allows_it_and_the_rest_is_reported() -> None:
    found = options(with_layers(transactions=TRANSACTIONS), item(IW_OverrideOptions="Silver,Lead"))
    assert not found.flag("login.prompt-place")
    assert [(problem.option, problem.layer, problem.expected) for problem in found.problems] == [
        ("login.prompt-place", "Strategy Silver", "an option that a strategy may override"),
        ("bogus", "Strategy Silver", "an option that is declared"),
        ("interaction.override-option-key", "Strategy Lead", "the name of a transaction"),
    ]


def test_the_key_that_names_the_transactions_is_itself_an_option() -> None:
    site = with_layers(application={"interaction.override-option-key": "Extra"}, transactions=TRANSACTIONS)
    assert options(site, item(Extra="Gold")).flag(MANDATORY)
    assert not options(site, item(IW_OverrideOptions="Gold")).flag(MANDATORY)


@given(st.dictionaries(st.sampled_from([spec.name for spec in CORE_OPTIONS]), st.none() | st.booleans() | st.text()))
def test_any_settings_leave_every_option_with_a_value_of_its_type(settings: dict[str, object]) -> None:
    named = {name.replace("<mt>", "claim").replace("<nickname>", "n"): value for name, value in settings.items()}
    found = options(with_layers(person=named))
    kinds = {OptionType.FLAG: bool, OptionType.NUMBER: int, OptionType.LIST: tuple}
    catalogue = core_catalogue()
    for name in found.names():
        declared = catalogue.find(name)
        assert declared is not None
        assert isinstance(found.source(name).value, kinds.get(declared.spec.type, str))


def test_asking_again_for_the_same_site_gives_the_same_set_and_another_site_another() -> None:
    catalogue, site = core_catalogue(), with_layers()
    first = effective_options(catalogue, site, "lena")
    assert effective_options(catalogue, site, "lena") is first
    changed = replace(site, application_options={"login.prompt-place": True})
    assert effective_options(catalogue, changed, "lena").flag("login.prompt-place")
    assert not effective_options(catalogue, site, "lena").flag("login.prompt-place")


def test_two_declarers_of_one_option_are_reported_and_the_first_counts() -> None:
    def spec(default: str, declarer: str) -> OptionSpec:
        return OptionSpec(name="x.y", type=OptionType.TEXT, default=default, meaning="-", declared_by=declarer)

    catalogue = OptionCatalogue([spec("a", "one")]).with_specs([spec("b", "two")])
    (double,) = catalogue.doubles
    assert str(double) == "The option x.y is declared by one and again by two; the first one counts."
    assert effective_options(catalogue, SITE, "lena").text("x.y") == "a"


def test_no_default_of_the_core_names_an_object_that_a_site_may_lack() -> None:
    assert not options(with_layers()).problems
    for spec in CORE_OPTIONS:
        assert spec.meaning.endswith(".")
        assert spec.type is not OptionType.LIST or isinstance(spec.default, tuple)
