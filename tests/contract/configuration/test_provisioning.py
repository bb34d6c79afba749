"""The provisioning procedure holds step by step: each one left out means no offer, and `explain` names it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.contract.configuration.provisioning import STEPS, Branch, site_text
from workloom.cli import main
from workloom.domain.commands import Accept

Opener = Callable[[str], Branch]


@pytest.fixture
def open_branch() -> Iterator[Opener]:
    opened: list[Branch] = []

    def opener(text: str) -> Branch:
        opened.append(Branch(text))
        return opened[-1]

    yield opener
    for branch in opened:
        branch.close()


def test_with_every_step_taken_the_offer_comes(open_branch: Opener) -> None:
    branch = open_branch(site_text())
    branch.log_in()
    branch.submit()
    assert branch.explained() == ("", "Everything is set: the next of 1 waiting item comes by its turn.")
    assert branch.is_offered()


@pytest.mark.parametrize(
    ("without", "step", "words"),
    [
        ("media type", "media type", "The media type “claim” is not defined. Add [media-types.claim]"),
        ("capacity rule", "capacity rule", "The capacity rule “standard” allows no claim."),
        ("privileges", "privileges", "No role of Lena or of the groups allows “Can Use WorkItem Channel”."),
        ("options", "options", "The option openmedia.workitem-channels (default) does not list claim."),
        ("strategy", "queue", "No queue that takes claim has a strategy that reaches Lena."),
    ],
)
def test_without_a_step_of_the_administrator_there_is_no_offer_and_it_is_named(
    open_branch: Opener, without: str, step: str, words: str
) -> None:
    branch = open_branch(site_text(without=without))
    branch.log_in()
    branch.submit()
    assert not branch.is_offered()
    found, text = branch.explained()
    assert found == step
    assert text.startswith(words)


def test_without_any_capacity_rule_the_built_in_one_is_named(open_branch: Opener) -> None:
    text = site_text().replace('capacity-rule = "standard"\n', "")
    branch = open_branch(text)
    branch.log_in()
    branch.submit()
    assert not branch.is_offered()
    assert branch.explained()[1].startswith("No capacity rule is set; the built-in rule allows one voice call and no")


def test_without_a_login_there_is_no_offer_and_it_is_named(open_branch: Opener) -> None:
    branch = open_branch(site_text())
    branch.submit()
    assert not branch.is_offered()
    assert branch.explained() == ("login", "Not logged in. Log in.")


def test_whose_desktop_was_not_heard_for_long_is_not_logged_in(open_branch: Opener) -> None:
    branch = open_branch(site_text())
    branch.log_in()
    branch.submit()
    assert branch.is_offered()
    branch.clock.advance(31)
    assert branch.explained() == ("login", "Not logged in. Log in.")


def test_a_site_without_media_types_is_named(open_branch: Opener) -> None:
    branch = open_branch(STEPS["base"] + STEPS["no capacity rule"] + STEPS["privileges"])
    (answer,) = branch.engine.explainer.agent("lena")
    assert str(answer.obstacle) == "The site defines no media type. Add [media-types.NAME] to the site file."


def test_a_login_without_the_channel_is_named(open_branch: Opener) -> None:
    branch = open_branch(site_text())
    branch.log_in(channels=False)
    branch.submit()
    assert not branch.is_offered()
    assert branch.explained()[0] == "login"


def test_not_ready_is_named_with_its_reason(open_branch: Opener) -> None:
    branch = open_branch(site_text())
    branch.log_in(ready=False)
    branch.submit()
    assert not branch.is_offered()
    step, text = branch.explained()
    assert step == "ready"
    assert text == "Not ready (Lunch) on the channel for claim. Choose Ready in the status menu."


def test_a_full_capacity_is_named(open_branch: Opener) -> None:
    branch = open_branch(site_text())
    lena = branch.log_in()
    branch.submit("first")
    assert branch.is_offered("first")
    (row,) = lena.items.offers()
    assert row.item.offer is not None
    lena.items.execute(Accept(item="first", ticket=row.item.offer.ticket))
    branch.submit("second")
    assert not branch.is_offered("second")
    step, text = branch.explained()
    assert step == "capacity left"
    assert text.startswith("The capacity rule “standard” allows 1 item of claim at once, and 1 is there.")


def test_an_empty_queue_is_named(open_branch: Opener) -> None:
    branch = open_branch(site_text())
    branch.log_in()
    assert branch.explained() == ("items", "Everything is set, and nothing waits in “claims”.")


def test_a_step_that_is_taken_later_brings_the_offer(open_branch: Opener) -> None:
    branch = open_branch(site_text(without="capacity rule"))
    branch.log_in()
    branch.submit()
    assert not branch.is_offered()
    branch.apply(site_text())
    assert branch.is_offered()


def test_an_item_says_whom_it_reaches_and_what_is_missing_there(open_branch: Opener) -> None:
    branch = open_branch(site_text())
    branch.submit()
    waits, lena = branch.engine.explainer.item("i1")
    assert waits == "Waits in “claims” for 0 s, priority 0."
    assert lena == "Lena: Not logged in. Log in."
    branch.log_in()
    assert branch.engine.explainer.item("i1")[1] == "Lena: Can take it, comes by its turn."
    assert branch.is_offered()
    assert branch.engine.explainer.item("i1") == ("The item is offered to Lena at this moment.",)


@pytest.mark.parametrize(
    ("without", "line"),
    [
        ("media type", "claim: [media type] The media type “claim” is not defined."),
        ("capacity rule", "claim: [capacity rule] The capacity rule “standard” allows no claim."),
        ("privileges", "claim: [privileges] No role of Lena or of the groups allows “Can Use WorkItem Channel”."),
        ("options", "claim: [options] The option openmedia.workitem-channels (default) does not list claim."),
        ("strategy", "claim: [login] Not logged in. Log in."),
        ("", "claim: [login] Not logged in. Log in."),
    ],
)
def test_the_command_names_the_step_in_a_line_for_each_channel(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], without: str, line: str
) -> None:
    file = tmp_path / "site.toml"
    file.write_text(site_text(without=without), encoding="utf-8")
    data = ("--data", str(tmp_path / "data"))
    assert main(["site", "apply", str(file), *data]) == 0
    capsys.readouterr()
    assert main(["explain", "agent", "lena", *data]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(line)
    assert len(printed.splitlines()) == 1
