"""How often the item was offered."""

from workloom.testing import Office
from workloom.testing.desktop import Agent, HeadlessDesktop


def test_the_panel_says_how_often_the_item_was_offered(office: Office, desktop: HeadlessDesktop) -> None:
    ann: Agent = desktop.log_in("ann")
    office.submit(subject="Burst pipe")
    ann.toast()
    bob = desktop.log_in("bob")
    office.advance(31)  # nobody accepted within 30 seconds: it goes to Bob
    bob.accept()
    bob.click("First panel")
    bob.reads_in("first_panel.panel", "2 times")
    assert desktop.faults() == ()
