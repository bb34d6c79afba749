"""Every command of the tutorial is typed, in order, in an environment of its own; then the panel is on the desktop."""

import os
import re
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
COMMANDS = [line for language, block in BLOCKS if not language for line in block.splitlines()]
FILES = {"tests/test_offers.py": "offers.py", "first_panel/content.py": "content.py"}
DESKTOP = """
import sys
from pathlib import Path

from workloom.bootstrap.desktop import Desktop
from workloom.settings import Settings
from workloom.testing.desktop.person import Person
from workloom.testing.desktop.screen import use_screen

use_screen(Path(sys.argv[1]).parent, 1440, 900)
desktop = Desktop(Settings(data=Path(sys.argv[1])))
person = Person(desktop.windows.open_window())
person.log_in("lena", "alpenrand")
person.toast()
person.press("F8")
person.click("First panel")
person.wait_for("Offered")
desktop.close()
"""
"""What `workloom desktop` shows to whom the tutorial tells how to go on."""


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """What stands around a terminal in which the environment is active: one that others have not, on top of ours."""
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    packages = environment / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    (packages / "ours.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n", "utf-8")
    for name in ("pip", "pytest", "workloom"):
        script = environment / "bin" / name
        script.write_text(f'#!/bin/sh\nexec "{environment}/bin/python" -m {name} "$@"\n', "utf-8")
        script.chmod(0o755)
    environ = {**os.environ, "PATH": f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    return environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INDEX": "1", "QT_QPA_PLATFORM": "offscreen"}


@pytest.mark.timeout(180)
def test_every_command_of_the_tutorial_does_what_it_says(shell: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    assert COMMANDS[0].startswith(". .venv")
    passed: list[re.Match[str] | None] = []
    for line in COMMANDS[1:]:
        words = shlex.split(line)
        if words[0] == "cd":
            folder /= words[1]
            continue
        if words == ["pytest"] and passed:  # the second time the reader has written the files
            for file, name in FILES.items():
                (folder / file).write_text((ROOT / "tests" / "docs" / "tutorial" / name).read_text("utf-8"), "utf-8")
        if words == ["workloom", "desktop"]:
            words = ["python", "-c", DESKTOP, str(tmp_path / "data")]
        done = subprocess.run(words, cwd=folder, env=shell, capture_output=True, text=True, check=False, timeout=90)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        if words == ["pytest"]:
            passed.append(re.search(r"(\d+) passed", done.stdout))
        if words[-1] in ("list", "first_panel"):
            assert "first_panel" in done.stdout
    assert [found[1] for found in passed if found] == ["3", "4"]
    assert [path.name for path in folder.glob("*.whl")] == ["workloom_first_panel-0.1.0-py3-none-any.whl"]
