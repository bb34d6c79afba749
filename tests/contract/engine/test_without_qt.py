"""The engine alone: in an environment that has its own dependencies and nothing of Qt, it does a day's work."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parents[3]

RUN = """
import importlib.util, runpy, sys
sys.path[:0] = sys.argv[1:3]
assert importlib.util.find_spec("PyQt6") is None, "this environment has Qt"
del sys.argv[1:3]
runpy.run_module("workloom", run_name="__main__")
"""


def needed(names: Iterable[str]) -> dict[str, Distribution]:
    """The distributions and those that they need themselves, but for extras and other systems."""
    found: dict[str, Distribution] = {}
    rest = list(names)
    while rest:
        name = rest.pop()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # for another system or an older Python
        rest += [named(line) for line in found[name].requires or () if "extra ==" not in line]
    return found


def named(requirement: str) -> str:
    """`msgspec` of `msgspec>=0.19`."""
    match = re.match(r"[\w.-]+", requirement)
    assert match is not None
    return match[0]


def environment(folder: Path) -> Path:
    """A folder for imports that holds what the engine declares to need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for found in needed(map(named, project["dependencies"])).values():
        for entry in {file.parts[0] for file in found.files or () if ".." not in file.parts}:
            source, target = Path(str(found.locate_file(entry))), folder / entry
            if not target.exists():
                target.symlink_to(source, target_is_directory=source.is_dir())
    return folder


def run(folder: Path, *arguments: str) -> str:
    """Standard output of a `workloom` command there; isolated, and without the packages of this environment."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", RUN, str(ROOT / "core"), str(folder), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_engine_works_in_an_environment_without_qt(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    environment(packages)
    shift = json.loads(run(packages, "simulate", "--agents", "4", "--items", "30", "--hours", "3", "--json"))
    assert shift["kinds"]["done"] > 0
    assert not any(promise["broken"] for promise in shift["promises"])
    data = ("--data", str(tmp_path / "data"))
    site = tmp_path / "site.toml"
    site.write_text('[site]\ntitle = "Alone"\n', encoding="utf-8")
    assert "Alone" in run(packages, "site", "apply", str(site), *data) + run(packages, "site", "show", *data)
