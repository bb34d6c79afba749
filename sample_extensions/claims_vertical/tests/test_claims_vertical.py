"""Insurance claims on a real desktop: case data and their validation, dispositions, what Done needs, view and sum."""

import re
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from workloom.api import ActionPlace, SetDisposition, SetProperties, Site
from workloom.testing import Office, site, with_options, with_privileges, without_privileges
from workloom.testing.desktop import Agent, HeadlessDesktop

LARGE = "Can Settle Large Claims"
PACKAGE = Path(__file__).parents[1] / "claims_vertical"


@pytest.fixture
def office_site() -> Site:
    """The small site, which takes the dispositions of the plugin."""
    return with_privileges(LARGE)(with_options({"claim.disposition.is-free": True})(site()))


def open_claim(office: Office, agent: Agent, **attached: object) -> str:
    """An insurance claim with the agent."""
    office.submit(subtype="insurance-claim", subject="Burst pipe", attached={"Contract": "HP-2041", **attached})
    item = agent.accept()
    agent.named(QComboBox, "Disposition")
    return item


def test_done_waits_for_disposition_and_amount(office: Office, agent: Agent) -> None:
    item = open_claim(office, agent)
    agent.press("Ctrl+Return")
    agent.until("what Done needs", lambda: any("needed" in text for text in agent.texts()))
    assert not office.item(item).is_finished
    office.do(agent.services, SetProperties(item=item, changes={"Amount": "700.00"}))
    agent.run("workitem.done", item, ActionPlace.WORKBIN_ROWS)
    agent.until("the refusal", lambda: len(agent.notices()) > 1)
    assert not office.item(item).is_finished
    office.do(agent.services, SetDisposition(item=item, value="paid-in-full"))
    agent.run("workitem.done", item, ActionPlace.WORKBIN_ROWS)
    agent.until("the end of the claim", lambda: office.item(item).is_finished)


def test_the_pane_has_the_fields_of_the_type_and_checks_them(office: Office, agent: Agent) -> None:
    item = open_claim(office, agent)
    agent.write("HP 1", agent.named(QLineEdit, "case.Contract"))
    agent.press("Tab")
    agent.wait_for("Expected such as HP-2041.")
    assert office.item(item).attached["Contract"] == "HP-2041"
    agent.write("HP-77777", agent.named(QLineEdit, "case.Contract"))
    agent.press("Tab")
    agent.until("the contract", lambda: office.item(item).attached["Contract"] == "HP-77777")


def test_the_disposition_tree_is_that_of_the_type(office: Office, agent: Agent) -> None:
    item = open_claim(office, agent)
    agent.choose("Suspected fraud", "Disposition")
    agent.until("the disposition", lambda: office.item(item).disposition == "fraud")


def test_a_site_adds_dispositions_of_its_own(office: Office, agent: Agent) -> None:
    office.change(with_options({"claims.more-dispositions": ["Ombudsman"]}))
    item = open_claim(office, agent, Amount="700.00")
    agent.until("it to be offered", lambda: agent.named(QComboBox, "Disposition").findText("Ombudsman") >= 0)
    agent.choose("Ombudsman", "Disposition")
    agent.until("the disposition", lambda: office.item(item).disposition == "Ombudsman")
    agent.choose("Suspected fraud", "Disposition")
    agent.until("one of the type", lambda: office.item(item).disposition == "fraud")


def test_a_large_claim_is_settled_only_by_who_may(office: Office, desktop: HeadlessDesktop) -> None:
    office.change(without_privileges(LARGE))
    agent = desktop.log_in("ann")
    item = open_claim(office, agent, Amount="10001.00")
    office.do(agent.services, SetDisposition(item=item, value="paid-in-full"))
    agent.run("workitem.done", item, ActionPlace.WORKBIN_ROWS)
    agent.notice("need the privilege")
    office.change(with_privileges(LARGE))
    agent.until("the privilege", lambda: agent.may(LARGE))
    agent.run("workitem.done", item, ActionPlace.WORKBIN_ROWS)
    agent.until("the end of the claim", lambda: office.item(item).is_finished)


def test_view_and_status_bar_follow_the_claim(office: Office, agent: Agent, desktop: HeadlessDesktop) -> None:
    agent.reads_in("claims_vertical.open", "No claims")
    item = open_claim(office, agent, Cause="Water")
    head = agent.named(QWidget, "claims_vertical.settlement")
    agent.until("what is open", lambda: "Open" in agent.texts(head))
    office.do(agent.services, SetProperties(item=item, changes={"Amount": "12500.50"}))
    agent.reads_in("claims_vertical.open", "1 claim, 12,500.50 €")
    office.do(agent.services, SetDisposition(item=item, value="paid-in-part"))
    agent.until("that nothing is open", lambda: {"Ready to settle", "12,500.50 €"} <= set(agent.texts(head)))
    assert desktop.faults() == ()


def test_a_step_of_the_view_lets_the_keyboard_go_to_its_field(office: Office, agent: Agent) -> None:
    open_claim(office, agent)
    head = agent.named(QWidget, "claims_vertical.settlement")
    agent.until("the steps", lambda: len(head.findChildren(QPushButton)) == 4)
    agent.click("Amount", head)
    agent.until("the amount", lambda: agent.named(QLineEdit, "case.Amount").hasFocus())
    agent.click("Disposition", head)
    agent.until("the disposition", lambda: agent.named(QComboBox, "Disposition").hasFocus())


def test_without_the_extension_the_claim_is_shown_as_any_item(
    office: Office, agent: Agent, desktop: HeadlessDesktop
) -> None:
    open_claim(office, agent)
    agent.named(QWidget, "claims_vertical.settlement")
    desktop.plugins.disable("claims_vertical")
    agent.until("the usual pane", lambda: not agent.window.findChildren(QWidget, "claims_vertical.settlement"))
    agent.wait_for("Burst pipe")
    assert desktop.faults() == ()


def test_a_german_agent_reads_german(office: Office, desktop: HeadlessDesktop) -> None:
    office.change(with_options({"desktop.language": "de_AT"}))
    agent = desktop.log_in("ann")
    agent.reads_in("claims_vertical.open", "Keine Schäden")
    open_claim(office, agent, Cause="Theft")
    agent.until("the cause", lambda: agent.named(QComboBox, "case.Cause").currentText() == "Diebstahl")
    for words in ("Vertrag *", "Schadentag", "Betrugsverdacht"):
        agent.wait_for(words)
    for words in ("Regulierung", "Offen", "Sie dürfen jeden Betrag regulieren"):
        agent.wait_for(words)
    assert desktop.faults() == ()


def test_every_text_is_translated() -> None:
    """What stands in the manifest as a title, and what Python says."""
    german = (PACKAGE / "locale" / "de" / "claims_vertical.po").read_text("utf-8")
    code = "".join(file.read_text("utf-8") for file in PACKAGE.glob("*.py"))
    said = re.findall(r'(?:say|translate)\("([^"]+)"', code) + re.findall(r'entry\("[\w-]+", "([^"]+)"', code)
    titles = re.findall(r'^title = "([^"]+)"', (PACKAGE / "plugin.toml").read_text("utf-8"), re.MULTILINE)
    assert len(said) > 20
    assert {text for text in (*said, *titles) if f'msgid "{text}"' not in german} == set()


def test_other_items_are_left_as_they_are(office: Office, agent: Agent) -> None:
    office.submit(subject="A fax", attached={"City": "Graz"})
    agent.accept()
    agent.wait_for("Case data")
    assert not agent.window.findChildren(QLineEdit, "case.Amount")
    assert not agent.window.findChildren(QWidget, "claims_vertical.settlement")


def test_the_declaration_of_the_type_takes_at_most_sixty_lines() -> None:
    lines = [line.strip() for line in (PACKAGE / "claims.py").read_text("utf-8").splitlines()]
    assert len([line for line in lines if line and not line.startswith("#")]) <= 60
