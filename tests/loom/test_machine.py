"""What `loom` says about a machine before it downloads anything."""

import ast
import os
import subprocess
import sys
from types import ModuleType

import pytest

from tests.loom.loading import LOOM

linux = {"DISPLAY": ":0"}


def lacking(*names: str) -> object:
    """A linker that finds all libraries but these."""
    return lambda library: library not in names


@pytest.fixture
def debian(loom: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Linux machine with apt-get and an ordinary user."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(loom.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)


def test_alone_it_lists_its_commands() -> None:
    done = subprocess.run([sys.executable, LOOM], capture_output=True, text=True, check=True)
    for command in ("run", "test", "check", "bench", "pictures", "lock"):
        assert f"./loom {command} " in done.stdout


def test_an_unknown_command_is_refused_by_name() -> None:
    done = subprocess.run([sys.executable, LOOM, "weave"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "'weave'" in done.stdout


def test_an_old_python_can_read_it_far_enough_to_say_so() -> None:
    ast.parse(LOOM.read_text("utf-8"), feature_version=(3, 6))


def test_it_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse(LOOM.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names


def test_another_python_is_told_which_one_is_needed(
    loom: ModuleType, started: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(loom, "SUPPORTED", ())
    assert loom.main("run") == 1
    said = capsys.readouterr().out
    assert "needs Python 3.11, 3.12 or 3.13" in said
    assert sys.executable in said
    assert started == []


def test_a_fitting_python_beside_the_wrong_one_takes_over(
    loom: ModuleType, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loom, "SUPPORTED", ((3, 99),))
    monkeypatch.setattr(loom.shutil, "which", lambda name: sys.executable if name == "python3.99" else None)
    assert loom.main("run", "--data", "here") == 0
    assert started == [[sys.executable, loom.__file__, "run", "--data", "here"]]


@pytest.mark.usefixtures("debian")
def test_all_missing_libraries_are_named_at_once_with_the_line_to_type(
    loom: ModuleType, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loom, "can_open", lacking("libEGL.so.1", "libGL.so.1", "libxcb-keysyms.so.1"))
    with pytest.raises(loom.Stop) as stop:
        loom.check_machine(linux)
    assert "libGL.so.1, libEGL.so.1, libxcb-keysyms.so.1" in str(stop.value)
    assert "sudo apt-get install -y libgl1 libegl1 libxcb-keysyms1" in str(stop.value)
    assert started == []


@pytest.mark.usefixtures("debian")
def test_a_python_without_venv_is_named_with_its_package(loom: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loom, "can_open", lacking("libEGL.so.1"))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(loom.Stop) as stop:
        loom.check_machine({})
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    assert f"sudo apt-get install -y {version} libegl1" in str(stop.value)


@pytest.mark.usefixtures("debian")
def test_root_gets_the_packages_installed(
    loom: ModuleType, started: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(loom, "can_open", lambda library: library != "libEGL.so.1" or bool(started))
    loom.check_machine({})
    assert started[-1][:2] == ["apt-get", "install"]
    assert started[-1][-1] == "libegl1"
    assert "installing system packages: libegl1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("environ", "package"),
    [({}, None), ({"DISPLAY": ":0"}, "libxcb-cursor0"), ({"WAYLAND_DISPLAY": "wayland-0"}, "libwayland-cursor0")],
)
def test_libraries_of_a_display_are_asked_for_only_where_it_is(
    loom: ModuleType, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], package: str | None
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(loom, "can_open", lacking("libxcb-cursor.so.0", "libwayland-cursor.so.0"))
    assert [name for _library, name in loom.missing_libraries(environ)] == ([package] if package else [])


@pytest.mark.parametrize(
    ("platform", "environ", "shown"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ("linux", {"QT_QPA_PLATFORM": "vnc:size=800x600"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_it_knows_whether_a_window_can_be_shown(
    loom: ModuleType, monkeypatch: pytest.MonkeyPatch, platform: str, environ: dict[str, str], shown: bool
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert loom.has_display(environ) is shown
