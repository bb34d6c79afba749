"""What agents do beside hostile plugins."""

from workloom.bootstrap.desktop import Desktop
from workloom.shell.desk import AgentDesk
from workloom.testing.desktop.person import PATIENCE, Person


def log_in(person: Person, user: str = "tomasz") -> None:
    """Log in, as somebody to whom an item is offered unless told otherwise."""
    person.log_in(user, "alpenrand")


def open_item(desktop: Desktop, *, view: str = "", patience: float = PATIENCE) -> tuple[Person, AgentDesk, str]:
    """Log in and take the item that is offered, from a view where one is named: the person, the desk, the item."""
    (window,) = desktop.windows.windows
    person = Person(window)
    log_in(person)
    person.toast()
    desk = window.desk
    assert desk is not None
    if view:
        desk.show_view(view)
    person.press("F8")
    person.until("the open item", lambda: bool(desk.session.known.open_rows), patience)
    return person, desk, desk.session.known.open_rows[0].item.id


def open_pane(desktop: Desktop, *, view: str = "", patience: float = PATIENCE) -> tuple[Person, AgentDesk, str]:
    """The same, and wait for the pane of the item."""
    person, desk, item = open_item(desktop, view=view, patience=patience)
    person.until("its pane", lambda: desk.workspace.main.page(item) is not None, patience)
    return person, desk, item
