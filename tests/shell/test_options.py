"""The options of the shell, set for one agent: login, status menu, log-off."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from msgspec.structs import replace
from PyQt6.QtWidgets import QCheckBox, QLabel, QMenu, QPushButton

from tests.shell.conftest import MakeDesktop
from tests.shell.driving import Driver
from workloom.api import Presence, Site
from workloom.bootstrap.engine import open_engine
from workloom.domain.errors import StorageFull

Start = Callable[..., Driver]


@pytest.fixture
def start(make_desktop: MakeDesktop, demo_data: Path, tmp_path: Path) -> Start:
    """A desktop on the demo site with options of Lena's changed; without `groups` she has no role."""

    def begin(*, groups: bool = True, **options: object) -> Driver:
        folder = tmp_path / "site"
        copytree(demo_data, folder)
        named = {name.replace("__", ".").replace("_", "-"): value for name, value in options.items()}

        def change(site: Site) -> Site:
            lena = site.persons["lena"]
            lena = replace(lena, options={**lena.options, **named}, **({} if groups else {"groups": (), "roles": ()}))
            return replace(site, persons={**site.persons, "lena": lena})

        engine = open_engine(folder, exclusive=False)
        engine.configuration.apply(change(engine.configuration.site()), {})
        engine.stop()
        driver = make_desktop(data=folder)
        driver.opened()
        return driver

    return begin


def step_2(driver: Driver) -> list[str]:
    """The words of the second step."""
    driver.enter("lena")
    driver.wait(lambda: driver.window.findChild(QPushButton, "login-go"))
    return [label.text() for label in driver.window.findChildren(QLabel) if label.isVisible()]


def boxes(driver: Driver) -> dict[str, QCheckBox]:
    """The boxes of the channels, by media type."""
    found = driver.window.findChildren(QCheckBox)
    return {
        box.objectName().removeprefix("login-channel-"): box
        for box in found
        if box.objectName().startswith("login-channel-")
    }


def test_the_place_is_asked_for_only_where_the_option_says_so(start: Start) -> None:
    driver = start(login__prompt_place=False)
    assert "Place" not in step_2(driver)
    assert driver.window.findChild(QPushButton, "login-place") is None


def test_only_the_channels_of_the_option_are_offered(start: Start) -> None:
    driver = start(openmedia__workitem_channels=("claim", "fax"))
    step_2(driver)
    assert list(boxes(driver)) == ["claim", "fax"]


def test_without_the_privilege_there_is_no_channel_and_it_is_said(start: Start) -> None:
    driver = start(groups=False)
    assert "No channel is set up for you. Ask your administrator." in step_2(driver)
    assert not boxes(driver)


def test_a_channel_is_locked_and_not_ready_with_its_reason_as_the_options_say(start: Start) -> None:
    driver = start(
        login__claim__can_unactivate_channel=False,
        login__claim__is_auto_ready=False,
        login__claim__auto_not_ready_reason="Lunch",
    )
    assert "Not ready · Lunch" in step_2(driver)
    assert not boxes(driver)["claim"].isEnabled()
    driver.click("login-go")
    window = driver.window
    driver.wait(lambda: window.desk is not None and window.desk.session.has_started)
    assert window.desk is not None
    claim = window.desk.session.known.session.channel("claim")
    assert claim is not None
    assert (claim.state, claim.reason) == (Presence.NOT_READY, "Lunch")


@pytest.mark.parametrize(("store", "kept"), [(True, "lena"), (False, "")])
def test_the_user_name_is_kept_only_where_the_option_says_so(start: Start, store: bool, kept: str) -> None:
    driver = start(login__store_username=store)
    desk = driver.log_in("lena")
    desk.log_off()
    driver.wait(lambda: driver.window.desk is None)
    field = driver.child("login-user")
    assert field.property("text") == kept


def test_the_status_menu_holds_what_the_options_name_in_their_order(start: Start) -> None:
    driver = start(
        agent_status__enabled_actions_global=("NotReady", "Ready"),
        agent_status__enabled_actions_by_channel=("Ready", "LogOff"),
    )
    desk = driver.log_in("lena")
    menu = desk.menu.build(desk.session.known, desk.session.now())
    names = [action.objectName() for action in menu.actions() if action.objectName()]
    assert names == ["status-not-ready", "status-ready"]
    claims = menu.findChild(QMenu, "status-channel-claim")
    assert claims is not None
    assert [action.text().split("\t")[0] for action in claims.actions() if not action.isSeparator()] == [
        "Ready",
        "Log off this channel",
    ]


@pytest.mark.parametrize("leaves", [True, False])
def test_a_log_off_that_the_service_does_not_take_keeps_the_agent_only_where_the_option_says_so(
    start: Start, leaves: bool
) -> None:
    driver = start(logout__enable_exit_on_logoff_error=leaves)
    desk = driver.log_in("lena")
    desk.leaving.not_left(StorageFull("The disk is full."))
    driver.wait(lambda: driver.window.desk is None if leaves else driver.notices(desk))
    assert (driver.window.desk is None) is leaves
    if leaves:
        assert driver.text("login-fault").startswith("The disk is full. You are out;")
