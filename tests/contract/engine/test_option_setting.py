"""An option is set in a layer from a desktop: who may, what is checked first, whom it reaches."""

import pytest

from tests.contract.engine.office import Office, without
from workloom.domain.errors import BadInput, NotAllowed, NotFound
from workloom.domain.events import EventKind
from workloom.domain.options import LayerKind, OptionLayer, OptionValue
from workloom.domain.privileges import ADMIN_CHANGE
from workloom.services.backend import AgentServices

MOST, LANGUAGE = "teamcommunicator.max-suggestion-size", "desktop.language"
EXPERTS = OptionLayer(kind=LayerKind.AGENT_GROUP, name="experts")
ANN = OptionLayer(kind=LayerKind.PERSON, name="ann")


def in_effect(agent: AgentServices, option: str) -> tuple[OptionValue, str]:
    source = agent.configuration.options().source(option)
    return source.value, source.layer


def test_a_stronger_layer_wins_and_a_setting_is_taken_away_again(office: Office) -> None:
    ann = office.log_in("ann")
    for value, layer in ((30, OptionLayer()), (40, ANN)):
        assert ann.configuration.set_option(MOST, value, layer).after == value
    assert in_effect(ann, MOST) == (40, "Person ann")
    change = ann.configuration.set_option(MOST, None, ANN)
    assert (change.before, change.after, change.persons) == (40, None, 1)
    assert in_effect(ann, MOST) == (30, "Application")


def test_it_says_how_many_people_it_reaches(office: Office) -> None:
    ann = office.log_in("ann")
    everybody, experts = len(office.site.persons), sum("experts" in who.groups for who in office.site.persons.values())
    assert ann.configuration.set_option(LANGUAGE, "de", EXPERTS).persons == experts
    assert 0 < experts < everybody
    assert (
        ann.configuration.set_option(LANGUAGE, "fr", OptionLayer(kind=LayerKind.TENANT)).persons == everybody - experts
    )
    assert ann.configuration.set_option(LANGUAGE, "fr", OptionLayer(kind=LayerKind.TENANT)).persons == 0


def test_a_dry_run_says_what_would_change_and_changes_nothing(office: Office) -> None:
    ann, before = office.log_in("ann"), office.site
    change = ann.configuration.set_option(MOST, 30, OptionLayer(), dry_run=True)
    assert (change.before, change.after, change.persons) == (None, 30, len(before.persons))
    assert office.site == before


def test_the_change_leaves_the_event_of_an_applied_site_with_who_made_it(office: Office) -> None:
    ann = office.log_in("ann")
    ann.configuration.set_option(MOST, 30, OptionLayer())
    with office.engine.store.reading() as reader:
        applied = [event for event in reader.events.after(0, limit=500) if event.kind is EventKind.SITE_APPLIED]
    assert applied[-1].actor == "ann"


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize(
    ("option", "value", "layer", "kind", "said"),
    [
        ("teamcommunicator.max-suggest-size", 3, OptionLayer(), BadInput, "Did you mean “teamcommunicator.max-sugg"),
        ("telex.disposition.is-free", True, OptionLayer(), BadInput, "declared by nobody"),
        (MOST, "soon", OptionLayer(), BadInput, "expected a whole number from 1 to 500, found “soon”"),
        (MOST, 3, OptionLayer(kind=LayerKind.PERSON, name="nobody"), NotFound, "no person “nobody”"),
        (MOST, 3, OptionLayer(kind=LayerKind.AGENT_GROUP, name="x"), NotFound, "no agent group “x”"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_changed(
    office: Office, option: str, value: OptionValue, layer: OptionLayer, kind: type[Exception], said: str, dry_run: bool
) -> None:
    ann, before = office.log_in("ann"), office.site
    with pytest.raises(kind, match=said):
        ann.configuration.set_option(option, value, layer, dry_run=dry_run)
    assert office.site == before


@pytest.mark.parametrize("dry_run", [True, False])
def test_it_needs_the_privilege_to_change_the_configuration(office: Office, dry_run: bool) -> None:
    office.apply(without(ADMIN_CHANGE))
    ann, before = office.log_in("ann"), office.site
    with pytest.raises(NotAllowed):
        ann.configuration.set_option(MOST, 30, OptionLayer(), dry_run=dry_run)
    assert office.site == before
