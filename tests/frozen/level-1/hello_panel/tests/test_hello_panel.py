"""The greeting, and the label that shows it."""

from collections.abc import Callable

from hello_panel.greeting import greet

from workloom.testing import Office, ServiceFaults
from workloom.testing.desktop import Agent, HeadlessDesktop

VIEW = "hello_panel.hello"


def test_the_greeting_names_the_agent_and_counts_the_open_items(office: Office) -> None:
    ann = office.log_in("ann")
    assert greet(ann) == "Hello Ann, no open items"
    office.take(ann)
    assert greet(ann) == "Hello Ann, 1 open item"
    office.take(ann)
    assert greet(ann) == "Hello Ann, 2 open items"


def test_the_label_in_the_status_bar_follows_what_the_agent_does(office: Office, agent: Agent) -> None:
    agent.reads_in(VIEW, "Hello Ann, no open items")
    office.submit()
    agent.accept()
    agent.reads_in(VIEW, "Hello Ann, 1 open item")


def test_a_service_that_fails_is_told_and_the_label_is_right_again_after_it(
    office: Office, agent: Agent, service_faults: ServiceFaults
) -> None:
    agent.reads_in(VIEW, "Hello Ann, no open items")
    service_faults.fail("configuration.me")
    office.submit()
    agent.notice("The disk does not answer.")
    service_faults.clear()
    agent.accept()
    agent.reads_in(VIEW, "Hello Ann, 1 open item")


def test_nothing_but_the_label_is_added_and_it_goes_with_the_plugin(
    agent: Agent, desktop: HeadlessDesktop, contribution_snapshot: Callable[[Agent, str], None]
) -> None:
    contribution_snapshot(agent, "hello_panel")
    agent.reads_in(VIEW, "Hello Ann")
    desktop.plugins.disable("hello_panel")
    agent.wait_gone("Hello Ann")
    assert agent.contributions("hello_panel") == ()
    assert desktop.faults() == ()
