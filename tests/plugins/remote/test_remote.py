"""Programs of the same person ask a real desktop for its status and change it, over an authenticated local channel."""

import json
import os
import subprocess
import sys
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from workloom.api import Presence, Site
from workloom.plugin_manager.discovery import Candidate
from workloom.testing import Office
from workloom.testing.desktop import Agent, HeadlessDesktop
from workloom.testing.sites import site, with_options
from workloom_remote import places
from workloom_remote.channel import ask


@pytest.fixture
def plugins_under_test() -> tuple[Candidate, ...]:
    """Remote control."""
    return (Candidate("remote", "workloom_remote"),)


@pytest.fixture
def office_site() -> Site:
    """An administrator has switched it on."""
    return with_options({"remote.enabled": True})(site())


@pytest.fixture(autouse=True)
def reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own for the places."""
    folder = tmp_path / "remote"
    monkeypatch.setenv(places.FOLDER, str(folder))
    return folder


def asks(agent: Agent, **request: Any) -> dict[str, Any]:
    """Ask as another program does, while the desktop goes on."""
    agent.until("the place", lambda: bool(list(places.folder().glob("*.json"))))
    place, answers = places.find("ann"), list[dict[str, Any]]()
    thread = Thread(target=lambda: answers.append(ask(place, request)))
    thread.start()
    agent.until("the answer", lambda: bool(answers))
    thread.join()
    return answers[0]


def states(agent: Agent) -> set[Presence]:
    """The agent's states, over all channels."""
    return {channel.state for channel in agent.desk.session.known.session.channels}


def test_the_status_says_channels_and_open_items(office: Office, agent: Agent) -> None:
    office.submit()
    item = agent.accept()
    found = asks(agent, do="status")
    assert (found["agent"], found["open"]) == ("ann", [item])
    assert found["channels"]["claim"] == {"state": "ready", "reason": ""}


def test_the_state_is_changed_with_the_rights_of_the_agent(agent: Agent) -> None:
    assert asks(agent, do="set-state", state="not-ready") == {"asked": "not-ready"}
    agent.until("not ready", lambda: states(agent) == {Presence.NOT_READY})
    assert "There is no state “asleep”" in asks(agent, do="set-state", state="asleep")["error"]
    assert "nothing" not in asks(agent, do="open", item="nothing").get("opened", "")


def test_who_does_not_know_the_key_is_not_let_in_and_others_still_are(agent: Agent) -> None:
    asks(agent, do="status")
    place = places.find()
    with pytest.raises((AuthenticationError, EOFError, OSError)):
        Client(place.address, authkey=b"guessed").close()
    assert asks(agent, do="status")["agent"] == "ann"


def test_the_place_can_be_read_by_the_person_alone_and_goes_with_the_agent(agent: Agent, reached: Path) -> None:
    asks(agent, do="status")
    (file,) = reached.glob("*.json")
    if os.name == "posix":
        assert (file.stat().st_mode & 0o077, reached.stat().st_mode & 0o077) == (0, 0)
    agent.log_off()
    agent.until("the place gone", lambda: not file.exists())


def test_the_command_prints_json_and_says_why_nobody_can_be_reached(agent: Agent) -> None:
    agent.until("the place", lambda: bool(list(places.folder().glob("*.json"))))
    command = [sys.executable, "-m", "workloom_remote", "--agent", "ann", "status"]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    agent.until("the end of the command", lambda: program.poll() is not None)
    out, _none = program.communicate()
    assert json.loads(out)["agent"] == "ann"
    done = subprocess.run([*command[:4], "cid", "status"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "No desktop of cid can be reached." in done.stderr


def test_without_the_option_no_door_is_open(office: Office, desktop: HeadlessDesktop) -> None:
    office.apply(site())
    agent = desktop.log_in("ann")
    agent.let_work(0.3)
    assert list(places.folder().glob("*.json")) == []
