"""What a person may do."""

import pytest

from workloom.domain.authority import effective_privileges, roles_of
from workloom.domain.privileges import (
    MANAGEMENT_USE,
    MARK_DONE,
    MY_HISTORY,
    NEED_CHANNEL,
    NEED_MANAGEMENT,
    TEAM_LEAD,
    USE_CHANNEL,
)
from workloom.domain.site import AgentGroup, Person, Role, Site

SITE = Site(
    roles={
        "Channel": Role(name="Channel", privileges=(USE_CHANNEL,)),
        "Worker": Role(name="Worker", privileges=(MARK_DONE, MY_HISTORY)),
        "Lead": Role(name="Lead", privileges=(TEAM_LEAD,)),
    },
    groups={"Team": AgentGroup(name="Team", roles=("Worker",)), "Bare": AgentGroup(name="Bare")},
    persons={
        "both": Person(name="both", employee_id="1", roles=("Channel", "Lead"), groups=("Team", "Bare")),
        "no-channel": Person(name="no-channel", employee_id="2", groups=("Team",)),
        "away": Person(name="away", employee_id="3", roles=("Channel",), enabled=False),
        "dangling": Person(name="dangling", employee_id="4", roles=("Gone", "Lead"), groups=("Gone",)),
    },
)


def test_a_person_holds_the_union_of_own_roles_and_those_of_the_groups() -> None:
    assert effective_privileges(SITE, "both") == {USE_CHANNEL, TEAM_LEAD, MARK_DONE, MY_HISTORY}


def test_without_the_channel_the_privileges_that_need_it_do_not_count() -> None:
    assert effective_privileges(SITE, "no-channel") == {MY_HISTORY}
    assert MARK_DONE in NEED_CHANNEL


@pytest.mark.parametrize("privilege", sorted(NEED_MANAGEMENT))
def test_without_interaction_management_what_it_allows_does_not_count(privilege: str) -> None:
    def held(*privileges: str) -> frozenset[str]:
        roles = {"Lead": Role(name="Lead", privileges=(USE_CHANNEL, *privileges))}
        persons = {"lead": Person(name="lead", employee_id="1", roles=("Lead",))}
        return effective_privileges(Site(roles=roles, persons=persons), "lead")

    assert held(privilege) == {USE_CHANNEL}
    assert held(privilege, MANAGEMENT_USE) == {USE_CHANNEL, MANAGEMENT_USE, privilege}


def test_who_is_unknown_or_not_enabled_may_nothing() -> None:
    assert effective_privileges(SITE, "away") == frozenset()
    assert effective_privileges(SITE, "nobody") == frozenset()


def test_names_of_roles_and_groups_that_are_gone_are_passed_over() -> None:
    assert roles_of(SITE, "dangling") == ("Lead",)
    assert effective_privileges(SITE, "dangling") == {TEAM_LEAD}
