"""The channel, and what the disposition of an item that rests may do."""

import pytest
from PyQt6.QtWidgets import QWidget

from tests.plugins.workbin.desks import OpenDesk, without
from tests.plugins.workitem.panes import ITEM, OpenPane, options, put_item
from workloom.api import NotAllowed, PlaceInWorkbin, Pull, Refused, SetDisposition, State, privileges

IDLE = "interaction.disposition.is-read-only-on-idle"


def test_without_the_channel_nothing_is_offered_and_nothing_can_be_opened(open_desk: OpenDesk) -> None:
    desk = open_desk(
        change=without(privileges.USE_CHANNEL),
        prepare=lambda engine: put_item(engine, {}, kind="incident", queue="servicedesk"),
    )
    session = desk.desk.session
    assert session.known.session.channels == ()
    assert not session.known.offers
    with pytest.raises(NotAllowed):
        session.services.items.execute(Pull(item=ITEM))
    assert desk.driver.window.findChild(QWidget, "toolbar-item.toolbar") is None
    assert session.services.items.offers() == ()


def test_media_types_that_the_option_does_not_name_are_no_channel(open_desk: OpenDesk) -> None:
    desk = open_desk(change=options({"openmedia.workitem-channels": ["incident"]}))
    assert {channel.media_type for channel in desk.desk.session.known.session.channels} == {"incident"}


def test_the_disposition_of_a_resting_item_can_be_set_unless_the_option_says_no(open_pane: OpenPane) -> None:
    pane = open_pane()
    pane.services.items.execute(PlaceInWorkbin(item=ITEM, workbin="waiting", owner="lena"))
    pane.services.items.execute(SetDisposition(item=ITEM, value="solved"))
    assert (pane.record.state, pane.record.disposition) == (State.IN_WORKBIN, "solved")
    pane.desk.change_site(options({IDLE: True}))
    with pytest.raises(Refused, match="cannot be changed while nobody has it"):
        pane.services.items.execute(SetDisposition(item=ITEM, value="duplicate"))
