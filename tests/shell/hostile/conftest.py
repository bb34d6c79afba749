"""Desktops with hostile plugins beside the built-in ones."""

import importlib
import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pytest
from fault_zoo.places import PLACES, install

from tests.shell.conftest import MakeDesktop
from workloom.bootstrap.desktop import Desktop
from workloom.plugin_manager.discovery import Candidate
from workloom.plugin_manager.watchdog import Patience

MakeHostile = Callable[..., Desktop]


@pytest.fixture
def make_hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_desktop: MakeDesktop) -> Iterator[MakeHostile]:
    """Makes a desktop with a hostile plugin for each place, which contains errors as the program does."""

    def make(
        fails: str,
        places: Collection[str] = tuple(PLACES),
        servers: tuple[str, ...] = (),
        patience: Patience | None = None,
    ) -> Desktop:
        folder = tmp_path / "plugins"
        folder.mkdir()
        install(folder, fails, places)
        monkeypatch.syspath_prepend(str(folder))
        monkeypatch.setattr("sys.dont_write_bytecode", True)
        importlib.invalidate_caches()
        more = [Candidate(id_, f"{id_}_hostile") for id_ in places]
        desktop = make_desktop(plugins=True, more=more, servers=servers, patience=patience).desktop
        desktop.contain()
        return desktop

    yield make
    for name in [name for name in sys.modules if name.partition(".")[0].endswith("_hostile")]:
        del sys.modules[name]
