"""What a plugin's function returns and does not fit is its fault, in each place where the desktop uses an answer."""

import re

import pytest
from fault_zoo.places import said_of

from tests.shell.hostile.conftest import MakeHostile
from tests.shell.hostile.working import open_item, open_pane
from workloom.api import ActionState, Close, MarkDone, ToastContent, Verdict
from workloom.shell.gates.passing import attempt_of, unfit
from workloom.shell.returned import returned

BOTH = ("stated", "badged", "presented", "made", "paged", "tabbed", "hearing")
EXPECTED = {"None": (*BOTH, "provided"), "5": (*BOTH, "gated", "gated_here", "barred")}
"""Where an answer is wrong; a gate that answers None lets pass, and a provider may make any object."""


@pytest.mark.parametrize("value", EXPECTED)
def test_an_answer_of_a_wrong_type_is_named_wherever_one_is_used_and_the_item_is_worked(
    make_hostile: MakeHostile, value: str
) -> None:
    places = EXPECTED[value]
    desktop = make_hostile(f"return {value}", places)
    person, *_ = open_pane(desktop, view="paged.view")
    plugins = desktop.connection.there.plugins
    wanted = {(id_, said_of(id_)) for id_ in places}
    person.until("all faults", lambda: wanted <= {(fault.plugin, fault.where) for fault in plugins.faults()})
    assert {fault.error for fault in plugins.faults()} <= {"TypeError", "BadPlugin"}
    assert {fault.plugin for fault in plugins.faults()} == set(places)
    assert all(
        "expected" in fault.said or "must make" in fault.said or "None" in fault.said for fault in plugins.faults()
    )
    no_widget = [fault.said for fault in plugins.faults() if "must make" in fault.said]
    assert no_widget
    assert [said for said in no_widget if not re.search(r"let \S+\.py:\d+ return one", said)] == []


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (None, ActionState, "expected ActionState, found None"),
        (True, ActionState, "expected ActionState, found an object of type bool"),
        (ActionState(enabled=1), ActionState, "ActionState: Expected `bool`, got `int` - at `$.enabled`"),  # type: ignore[arg-type]
        (ToastContent(title=None, heading="H"), ToastContent, "got `null` - at `$.title`"),  # type: ignore[arg-type]
        (ToastContent(title="T", heading="H", facts=("secret",)), ToastContent, "at `$.facts[0]`"),  # type: ignore[arg-type]
        (b"secret", str, "expected str, found an object of type bytes"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_without_what_it_holds(value: object, kind: type, said: str) -> None:
    with pytest.raises(TypeError) as wrong:
        returned(value, kind)
    assert said in str(wrong.value)
    assert "secret" not in str(wrong.value)


@pytest.mark.parametrize(
    ("field", "value"), [("refused", 5), ("question", "why"), ("attach", ["a"]), ("instead", "Done")]
)
def test_each_part_of_a_verdict_is_of_its_type(field: str, value: object) -> None:
    attempt = attempt_of(MarkDone(item="i1"))
    assert unfit(Verdict(), attempt) == ""
    assert f"“{field}” of its type" in unfit(Verdict(**{field: value}), attempt)  # type: ignore[arg-type]


NAMED = (
    "from PyQt6.QtWidgets import QApplication\n"
    "    return next(one for one in QApplication.allWidgets() if one.objectName() == '{name}')"
)
SHOWN = ("made", "paged", "tabbed", "paned")
"""Places with a factory of widgets."""


@pytest.mark.parametrize("name", ["agent-window", "workspace"])
def test_a_widget_that_stands_somewhere_already_is_named_and_stays_there_and_the_item_is_worked(
    make_hostile: MakeHostile, name: str
) -> None:
    desktop = make_hostile(NAMED.format(name=name), SHOWN)
    person, desk, item = open_item(desktop, view="paged.view")
    person.wait_for("The plugin that shows it failed. The item is safe")
    faults = desktop.connection.there.plugins.faults()
    assert {(one.plugin, one.where) for one in faults} >= {(id_, said_of(id_)) for id_ in ("made", "paged", "paned")}
    assert all("must make a new QWidget each time" in one.said and "plugin.py:" in one.said for one in faults)
    desk.session.execute(Close(item=item))
    person.until("the item to leave", lambda: not desk.session.known.open_rows)
    assert person.window.centralWidget() is not None


def test_methods_that_a_widget_has_in_place_of_qts_fail_in_slots_and_never_in_the_shell(
    make_hostile: MakeHostile,
) -> None:
    methods = ("hide", "show", "setParent", "setFocus", "setVisible", "deleteLater", "focusWidget", "close")
    odd = "".join(f"        def {method}(self, *given): raise ValueError\n" for method in methods)
    desktop = make_hostile(f"class Odd(QWidget):\n{odd}    return Odd()", SHOWN)
    person, desk, item = open_pane(desktop, view="paged.view")
    desk.show_view("paged.view")
    desk.open_item(item)
    desk.session.execute(Close(item=item))
    person.until("the item to leave", lambda: desk.workspace.main.page(item) is None)
    plugins = desktop.connection.there.plugins
    for id_ in SHOWN:
        plugins.inspector.stop_plugin(id_)
    desk.close()
    assert {fault.where for fault in plugins.faults()} <= {"slot"}
    assert {fault.plugin for fault in plugins.faults()} <= set(SHOWN)
