"""What a `workloom` command changes beside the open desktop is shown by its lists, without anybody refreshing."""

from pathlib import Path

from tests.plugins.workbin.desks import Desk, OpenDesk
from tests.plugins.workbin.viewing import NEWEST_FIRST, open_waiting, shown
from workloom.api import HistoryQuery, HistoryScope, PlaceInWorkbin, Pull
from workloom_contact_history.views.main import HistoryView

MAPPING = """
format = "csv"
[message]
id = "id"
revision = "rev"
verb = "state"
[message.verbs]
update = ["open"]
complete = ["closed"]
[defaults]
queue = "claims-late"
media-type = "claim"
[item]
subject = "title"
"""
TITLE = "Printer on floor 3 <b>is</b> silent"


def capture(desk: Desk, tmp_path: Path, *rows: str) -> None:
    """`workloom capture import`, in a process of its own."""
    export, mapping = tmp_path / "export.csv", tmp_path / "mapping.toml"
    export.write_text("\n".join(("id,rev,state,title", *rows)) + "\n", encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    desk.command("capture", "import", str(export), "--point", "servicedesk", "--mapping", str(mapping))


def test_an_item_that_its_source_completes_leaves_the_workbin(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    capture(desk, tmp_path, f"INC1,1,open,{TITLE}")
    (row,) = desk.colleague("samira").history.search(HistoryQuery(scope=HistoryScope.ALL, text="printer")).rows
    desk.does("samira", Pull(item=row.item.id), PlaceInWorkbin(item=row.item.id, workbin="waiting", owner="lena"))
    desk.wait(lambda: shown(view)[0] == TITLE)
    capture(desk, tmp_path, f"INC1,2,closed,{TITLE}")
    desk.wait(lambda: shown(view) == NEWEST_FIRST)
    desk.wait(lambda: desk.text("workbin.shown", view) == "7 of 7 shown")


def test_an_item_that_was_imported_is_found_by_the_search(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk()
    view = desk.view("contact-history.search", HistoryView)
    desk.write(view.head.search.widget, "printer")
    desk.wait(lambda: desk.is_empty(view, "No item matches"))
    capture(desk, tmp_path, f"INC1,1,open,{TITLE}")
    desk.wait(lambda: desk.text("panel.title", view) == TITLE)
    desk.wait(lambda: desk.text("history.shown", view) == "1 of 1 shown")
