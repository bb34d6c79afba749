"""What is said of a plugin that does not fit names the plugin, its file and what to do; the others go on."""

import re
from collections.abc import Callable

import pytest

from tests.plugins.manager.making import DECLARED, Yard, declare
from workloom.shell.guests import made_by

OPTION = '[[option]]\nname = "hen.eggs"\ntype = "text"\ndefault = ""\nmeaning = "Eggs"\n'
ENTRY = 'msgid ""\nmsgstr ""\n\nmsgid "{count} eggs"\nmsgstr "Eier"\n'
LIES = """
class Plugin:
    @hook
    def actions(self, context):
        return [Action(id="hen.act", run=print), Action(id="hen.other", run=print)]
"""
EMPTY_VIEW = """
class Plugin:
    @hook
    def views(self, context):
        return [View(id="hen.view", make=lambda: None)]
"""


def lies(yard: Yard) -> None:
    yard.add("hen", LIES)


def lacks_what_it_says(yard: Yard) -> None:
    yard.add("hen", "class Plugin:\n    pass\n", DECLARED)


def is_there_twice(yard: Yard) -> None:
    yard.add("hen")
    manifest = (yard.folder / yard.package("hen") / "plugin.toml").read_text("utf-8")
    yard.write("hen", manifest.replace("hen_of", "other_of"), package="other_of_the_tests")


def needs_one_that_is_missing(yard: Yard) -> None:
    yard.add("hen", manifest='requires = ["egg"]\n')


def needs_one_that_is_off(yard: Yard) -> None:
    yard.add("hen", manifest='requires = ["off"]\n')


def waits_in_a_circle(yard: Yard) -> None:
    yard.add("hen", manifest='after = ["egg"]\n')
    yard.add("egg", manifest='after = ["hen"]\n')


def is_for_a_later_desktop(yard: Yard) -> None:
    yard.write("hen", 'id = "hen"\nname = "Hen"\nversion = "1"\napi-level = 99\n')


def declares_an_option_of_another(yard: Yard) -> None:
    yard.add("cock", manifest=f"order = -1\n{OPTION}")
    yard.add("hen", manifest=OPTION)


def makes_no_widget(yard: Yard) -> None:
    yard.add("hen", EMPTY_VIEW, declare("view", "hen.view"))


def lacks_a_placeholder(yard: Yard) -> None:
    yard.add("hen")
    folder = yard.folder / yard.package("hen") / "locale" / "de"
    folder.mkdir(parents=True)
    (folder / "hen.po").write_text(ENTRY, "utf-8")


@pytest.mark.parametrize(
    ("make", "what_to_do"),
    [
        (lies, "Add to plugin.toml"),
        (lacks_what_it_says, "Write the method"),
        (is_there_twice, "uninstall one of them"),
        (needs_one_that_is_missing, "Install what is needed"),
        (needs_one_that_is_off, "Start what is needed"),
        (waits_in_a_circle, "Take one of them out"),
        (is_for_a_later_desktop, "Update Workloom"),
        (declares_an_option_of_another, "give this one another name"),
        (makes_no_widget, "let .* return one"),
        (lacks_a_placeholder, "Correct it"),
    ],
)
def test_plugin_file_and_what_to_do_are_named_and_the_others_go_on(
    yard: Yard, make: Callable[[Yard], None], what_to_do: str
) -> None:
    make(yard)
    yard.add("off")
    yard.add("good")
    manager = yard.manager("off")
    yard.open(manager)
    for view in yard.registries.all_views:
        made_by(manager.guard, view, lambda view=view: view.what.make())  # type: ignore[misc]
    manager.translator(lambda: "de")
    told = [f"{fault.where}: {fault.said}" for fault in manager.faults() if fault.plugin == "hen"]
    told += [info.reason for info in manager.infos() if info.id == "hen" and info.state == "refused"]
    assert told
    for text in told:
        assert str(yard.folder) in text, "the file"
        assert re.search(what_to_do, text), text
    assert "good.act" in yard.actions()
