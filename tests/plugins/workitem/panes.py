"""An item of one's own making, open in its pane on a real desktop."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from msgspec.structs import replace
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from tests.plugins.workbin.desks import Desk, OpenDesk
from workloom.api import (
    AddNote,
    AttributeValue,
    BusinessAttribute,
    Interaction,
    Notice,
    Pull,
    Site,
    Transaction,
    Value,
    WorkItemAttributes,
)
from workloom.bootstrap.engine import Engine
from workloom.shell.kit.toolbar import Toolbar
from workloom_workitem.views.pane import ItemPane

Kind = TypeVar("Kind", bound=QWidget)
Change = Callable[[Site], Site]
ITEM = "the-item"
SUBJECT = "Burst pipe in the cellar"


class Pane:
    """The open item of an agent."""

    def __init__(self, desk: Desk, item: str = ITEM) -> None:
        self.desk, self.item = desk, item
        self.wait = desk.wait
        self.services = desk.desk.session.services

    def ready(self) -> None:
        """Wait until it shows the item and the keyboard works in it."""
        self.wait(lambda: self.desk.desk.workspace.main.page(self.item) is not None)
        self.wait(lambda: self.text("item.title"))
        self.take_keys()
        self.wait(lambda: self.has("notes.area"))

    def take_keys(self) -> None:
        """Make the window the one that hears the keys: offscreen any toast takes them."""
        self.desk.driver.activate()

    @property
    def widget(self) -> ItemPane:
        """The pane itself."""
        page = self.desk.desk.workspace.main.page(self.item)
        assert isinstance(page, ItemPane)
        return page

    @property
    def record(self) -> Interaction:
        """The item as the service has it."""
        return self.services.items.get(self.item).item

    def child(self, kind: type[Kind], name: str) -> Kind:
        """A widget of the pane by its object name."""
        found = self.widget.findChild(kind, name)
        assert found is not None, f"there is no {name}"
        return found

    def has(self, name: str) -> bool:
        """Whether a widget of this object name is on show."""
        return any(found.isVisible() for found in self.widget.findChildren(QWidget, name))

    def text(self, name: str) -> str:
        """The whole words of a label."""
        return self.desk.text(name, self.widget)

    def words(self) -> list[str]:
        """Everything that can be read in the pane."""
        return [
            str(getattr(widget, "whole_text", widget.text)())
            for widget in self.widget.findChildren(QWidget)
            if isinstance(widget, QLabel | QAbstractButton) and widget.isVisible() and widget.text()
        ]

    def sees(self, *words: str) -> None:
        """Wait until all this can be read."""
        self.wait(lambda: set(words) <= set(self.words()))

    def caught_up(self) -> None:
        """Wait until the pane has read the item after its last event, so that no late read meets another site."""
        self.services.items.execute(AddNote(item=self.item, text="The latest"))
        self.sees("The latest")

    def buttons(self) -> list[str]:
        """The buttons of the toolbar, and what stands behind ⋯."""
        bar = self.widget.findChild(Toolbar)
        assert bar is not None
        return [item.text for item in bar.items]

    def press(self, keys: Qt.Key, *, control: bool = True, shift: bool = False) -> None:
        """Press a key of the item in its pane."""
        self.take_keys()
        self.desk.press(self.widget, keys, control=control, shift=shift)

    def type(self, name: str, text: str) -> QLineEdit:
        """Type into a field in place of what it holds, and stay there."""
        self.take_keys()
        field = self.child(QLineEdit, f"case.{name}")
        field.setFocus()
        self.wait(field.hasFocus)
        field.selectAll()
        if text:
            self.desk.write(field, text)
        else:
            self.desk.press(field, Qt.Key.Key_Delete)
        return field

    def leave(self, name: str) -> None:
        """Leave a field by the keyboard."""
        self.take_keys()
        self.desk.press(self.child(QWidget, f"case.{name}"), Qt.Key.Key_Tab)

    def choose(self, name: str, entry: str) -> None:
        """Choose an entry of a combo by what it stands for."""
        combo = self.child(QComboBox, name)
        place = combo.findData(entry)
        assert place >= 0, f"{name} does not offer {entry}"
        combo.setCurrentIndex(place)
        combo.activated.emit(place)

    def notice(self, title: str) -> Notice:
        """The newest notice of this title; waits for it."""
        self.wait(lambda: any(notice.title == title for notice in self.desk.notices()))
        return next(notice for notice in self.desk.notices() if notice.title == title)


OpenPane = Callable[..., Pane]


def put_item(
    engine: Engine,
    attached: Mapping[str, Value],
    *,
    kind: str = "claim",
    queue: str = "claims-late",
    item: str = ITEM,
    priority: int = 1000,
    segment: str = "",
) -> None:
    """A new item in a queue, without a contact."""
    now = datetime.now(UTC)
    record = Interaction(
        id=item,
        external_id=item.upper(),
        tenant=engine.configuration.site().tenant,
        media_type=kind,
        queue=queue,
        received_at=now,
        submitted_at=now,
        placed_at=now,
        queue_since={queue: now},
        priority=priority,
        attached={"Subject": SUBJECT, **attached},
        attributes=WorkItemAttributes(due_at=now + timedelta(hours=2), customer_segment=segment),
    )
    with engine.store.transaction() as transaction:
        transaction.items.insert(record)


@pytest.fixture
def open_pane(open_desk: OpenDesk) -> OpenPane:
    """Opens an item with these attached data; the site is changed first."""

    def open_(
        attached: Mapping[str, Value] | None = None, *changes: Change, user: str = "lena", width: int = 1440
    ) -> Pane:
        desk = open_desk(
            user, change=all_of(*changes), width=width, prepare=lambda engine: put_item(engine, attached or {})
        )
        desk.desk.session.services.items.execute(Pull(item=ITEM))
        desk.desk.open_item(ITEM)
        pane = Pane(desk)
        pane.ready()
        return pane

    return open_


def all_of(*changes: Change) -> Change:
    """One change after the other."""

    def change(site: Site) -> Site:
        for each in changes:
            site = each(site)
        return site

    return change


def fields(*values: AttributeValue) -> Change:
    """A case-data format with these fields, for every item."""

    def change(site: Site) -> Site:
        form = BusinessAttribute(name="Test", values=values)
        options = {**site.application_options, "interaction.case-data.format-business-attribute": "Test"}
        attributes = {**site.business_attributes, "Test": form}
        return replace(site, business_attributes=attributes, application_options=options)

    return change


def options(settings: Mapping[str, object]) -> Change:
    """These options for everybody."""
    return lambda site: replace(site, application_options={**site.application_options, **settings})


def transaction(name: str, settings: Mapping[str, object]) -> Change:
    """A transaction by which a strategy overrides these options."""
    return lambda site: replace(
        site, transactions={**site.transactions, name: Transaction(name=name, options=dict(settings))}
    )
