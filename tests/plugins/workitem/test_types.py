"""A plugin declares a work item type in one place: fields, dispositions, what Done needs."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from PyQt6.QtWidgets import QComboBox, QLineEdit

from workloom.api import (
    Changed,
    Interaction,
    MarkDone,
    PlaceInWorkbin,
    SetDisposition,
    SetProperties,
    Site,
    State,
    Vetoed,
)
from workloom.plugin_manager.discovery import Candidate
from workloom.testing import Office
from workloom.testing.desktop import Agent, HeadlessDesktop
from workloom.testing.sites import site, with_options

MANIFEST = """
id = "storms"
name = "Storms"
version = "1.0"
api-level = 1
requires = ["workitem"]
desktop = "storms_of_the_tests.plugin:Storms"
"""
CODE = """
from collections.abc import Sequence

from workloom.api import AttributeValue, Context, Interaction, hook
from workloom_workitem.api import Problem, WorkItemType

STORM = WorkItemType(
    id="storms.storm",
    media_type="claim",
    subtypes=("storm",),
    fields=(
        AttributeValue(name="Wind", title="Wind speed", type="int", unit="km/h", required=True),
        AttributeValue(name="Estimate", title="Damage", type="float", unit="€"),
    ),
    dispositions=(AttributeValue(name="storm-paid", title="Paid"), AttributeValue(name="storm-refused")),
    needs_disposition=True,
)

FAILING = ""  # the hook that raises
NONSENSE = False  # it answers what does not fit instead


def right(hook: str, answer: object) -> object:
    if FAILING != hook:
        return answer
    if NONSENSE:
        return ("nonsense",)
    raise KeyError(hook)


class Storms:
    @hook
    def work_item_types(self, context: Context) -> Sequence[WorkItemType]:
        return right("work_item_types", (STORM,))

    @hook
    def work_item_problems(self, context: Context, item: Interaction) -> Sequence[Problem]:
        wind = item.attached.get("Wind")
        calm = isinstance(wind, int) and wind < 60
        problems = (Problem(text="Below 60 km/h it is no storm.", field="Wind"),) if calm else ()
        return right("work_item_problems", problems)

    @hook
    def work_item_dispositions(self, context: Context, item: Interaction) -> Sequence[AttributeValue]:
        found = item.attached.get("outcomes")
        return [AttributeValue(name=each) for each in str(found).split()] if found else ()
"""


@pytest.fixture
def plugins_under_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Candidate, ...]]:
    """A plugin in a folder of its own."""
    folder = tmp_path / "path" / "storms_of_the_tests"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text('"""Storms."""\n')
    (folder / "plugin.toml").write_text(MANIFEST)
    (folder / "plugin.py").write_text(dedent(CODE))
    monkeypatch.syspath_prepend(str(folder.parent))
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    importlib.invalidate_caches()
    yield (Candidate("storms", "storms_of_the_tests"),)
    for name in [name for name in sys.modules if name.startswith("storms_of_the_tests")]:
        del sys.modules[name]


@pytest.fixture
def office_site() -> Site:
    """The site takes the dispositions of the plugin."""
    return with_options({"claim.disposition.is-free": True})(site())


def storm(office: Office, agent: Agent, **attached: object) -> str:
    """An open storm claim."""
    office.submit(subtype="storm", attached=attached)
    return agent.accept()


def item_of(agent: Agent, item: str) -> Interaction:
    """The item as the service has it."""
    return agent.row(item).item


def has(agent: Agent, field: str) -> bool:
    """Whether the pane has a field to type into."""
    return agent.window.findChild(QLineEdit, f"case.{field}") is not None


def choices(agent: Agent) -> list[str]:
    """What can be chosen in the disposition combo."""
    found = agent.window.findChildren(QComboBox, "disposition.combo")
    models = [combo.model() for combo in found]
    return [str(model.index(row, 0).data()) for model in models if model for row in range(model.rowCount())]


def test_fields_and_dispositions_of_the_type_stand_in_the_pane_and_the_sites_form_below(
    office: Office, agent: Agent
) -> None:
    storm(office, agent)
    agent.until("the fields", lambda: has(agent, "Wind"))
    texts = agent.texts(agent.window)
    said = " ".join(texts)
    assert said.index("Wind speed") < said.index("Damage") < said.index("City")
    agent.until("the dispositions", lambda: "Paid" in choices(agent))
    assert "Needed before Done" in texts


def test_an_item_of_another_subtype_is_as_before(office: Office, agent: Agent) -> None:
    office.submit(subtype="water")
    agent.accept()
    agent.until("the fields", lambda: has(agent, "City"))
    assert not has(agent, "Wind")


def test_done_moves_to_what_the_type_needs_and_says_it(office: Office, agent: Agent) -> None:
    item = storm(office, agent, Wind=40)
    agent.until("the fields", lambda: has(agent, "Wind"))
    agent.run("workitem.done")
    text = agent.notice("Not done yet").text
    assert text == "Below 60 km/h it is no storm. Choose a disposition before Done."
    agent.services.items.execute(SetProperties(item=item, changes={"Wind": 90}))
    agent.services.items.execute(SetDisposition(item=item, value="storm-paid"))
    agent.until("the new values", lambda: "Chosen" in agent.texts(agent.window))
    wind = agent.window.findChild(QLineEdit, "case.Wind")
    assert wind is not None
    agent.until("the new wind", lambda: wind.text() == "90")
    agent.run("workitem.done")
    agent.until("Done", lambda: item_of(agent, item).is_finished)


def test_done_of_rows_in_a_list_is_held_up_by_the_same_rules_and_the_others_are_done(
    office: Office, agent: Agent
) -> None:
    items = [storm(office, agent, Wind=90), storm(office, agent)]
    agent.services.items.execute(SetDisposition(item=items[0], value="storm-refused"))
    for item in items:
        agent.services.items.execute(PlaceInWorkbin(item=item, workbin="waiting"))
    answers: list[Changed] = []
    agent.desk.session.execute_all([MarkDone(item=item) for item in items], answers.extend)
    agent.until("answers", lambda: bool(answers))
    assert item_of(agent, items[0]).state is State.FINISHED
    (refused,) = [answer.error for answer in answers if answer.error is not None]
    assert isinstance(refused, Vetoed)
    assert "Wind speed is needed. A disposition is needed." in str(refused)


def test_dispositions_that_a_service_knows_take_the_place_of_those_declared(office: Office, agent: Agent) -> None:
    storm(office, agent, Wind=90, outcomes="Repaired Replaced")
    agent.until("the dispositions", lambda: {"Repaired", "Replaced"} <= set(choices(agent)))
    assert "Paid" not in choices(agent)


@pytest.mark.parametrize("hook", ["work_item_problems", "work_item_types"])
@pytest.mark.parametrize("nonsense", [False, True], ids=["an error", "what does not fit"])
def test_done_is_refused_while_a_plugin_fails_to_say_what_stands_against_it(
    office: Office, agent: Agent, desktop: HeadlessDesktop, monkeypatch: pytest.MonkeyPatch, hook: str, nonsense: bool
) -> None:
    item = storm(office, agent, Wind=90)
    agent.services.items.execute(SetDisposition(item=item, value="storm-paid"))
    agent.services.items.execute(PlaceInWorkbin(item=item, workbin="waiting"))
    plugin = sys.modules["storms_of_the_tests.plugin"]
    monkeypatch.setattr(plugin, "NONSENSE", nonsense)
    monkeypatch.setattr(plugin, "FAILING", hook)
    answers: list[Changed] = []
    agent.desk.session.execute_all([MarkDone(item=item)], answers.extend)
    agent.until("the answer", lambda: bool(answers))
    monkeypatch.setattr(plugin, "FAILING", "")
    assert "What Storms checks before Done could not be checked." in str(answers[0].error)
    assert not item_of(agent, item).is_finished
    assert {(fault.plugin, fault.where) for fault in desktop.faults()} == {("storms", f"hook {hook}")}
    agent.desk.session.execute(MarkDone(item=item))
    agent.until("the end of the item", lambda: item_of(agent, item).is_finished)
