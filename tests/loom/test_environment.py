"""An environment is made once, repaired when it is broken, and brought up to date with no more than it takes."""

import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType

import pytest

from tests.loom.loading import load_loom


class Started:
    """A program that has been started; it ends when somebody waits for it."""

    def __init__(self, fails: bool, waited: list[int] | None = None) -> None:
        self._fails, self._waited = fails, waited

    def wait(self) -> int:
        if self._waited is not None:
            self._waited.append(1)
        return int(self._fails)


@pytest.fixture
def checkout(loom: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of its own with a lock and a project file."""
    monkeypatch.setattr(loom, "ROOT", str(tmp_path))
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "desktop.txt").write_text("one==1\n", "utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", "utf-8")
    return tmp_path


@pytest.fixture
def steps(loom: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps of set-up in their order; making an environment leaves its files, the rest only notes itself."""
    done: list[str] = []

    def make(folder: str) -> None:
        done.append("make")
        for path in (Path(loom.site_packages(folder)) / "one", Path(loom.python_of(folder))):
            path.mkdir(parents=True, exist_ok=True)
        (checkout / folder / loom.STAMP).unlink(missing_ok=True)

    monkeypatch.setattr(loom, "make_environment", make)
    monkeypatch.setattr(loom, "add_font", lambda: None)
    monkeypatch.setattr(loom, "install_lock", lambda folder, lock: done.append("lock"))

    def install(_folder: str, _project: str, *samples: str) -> None:
        done.extend(("project", *(Path(sample).name for sample in samples)))

    monkeypatch.setattr(loom, "install_editable", install)
    return done


@pytest.fixture
def sample(checkout: Path) -> Path:
    """The project file of a sample extension; a folder beside it is none."""
    file = checkout / "sample_extensions" / "hello" / "pyproject.toml"
    file.parent.mkdir(parents=True)
    file.write_text("[project]\n", "utf-8")
    (checkout / "sample_extensions" / "empty").mkdir()
    (checkout / "requirements" / "dev.txt").write_text("one==1\n", "utf-8")
    return file


@pytest.fixture
def ready(loom: ModuleType, steps: list[str]) -> None:
    """The environment has been made."""
    loom.prepare(*loom.DESKTOP)
    steps.clear()


def test_the_first_time_everything_is_made(loom: ModuleType, steps: list[str]) -> None:
    loom.prepare(*loom.DESKTOP)
    assert steps == ["make", "lock", "project"]


@pytest.mark.usefixtures("ready")
def test_the_second_time_nothing_is_done(loom: ModuleType, steps: list[str]) -> None:
    loom.prepare(*loom.DESKTOP)
    assert steps == []


@pytest.mark.usefixtures("ready")
def test_a_new_lock_installs_into_what_is_there(loom: ModuleType, steps: list[str], checkout: Path) -> None:
    (checkout / "requirements" / "desktop.txt").write_text("one==2\n", "utf-8")
    loom.prepare(*loom.DESKTOP)
    assert steps == ["lock", "project"]


@pytest.mark.usefixtures("ready")
def test_a_new_project_file_needs_no_lock(loom: ModuleType, steps: list[str], checkout: Path) -> None:
    (checkout / "pyproject.toml").write_text("[project]\nname = 'x'\n", "utf-8")
    loom.prepare(*loom.DESKTOP)
    assert steps == ["project"]


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("lost", ["package", "interpreter", "stamp"])
def test_a_broken_environment_is_made_anew(loom: ModuleType, steps: list[str], checkout: Path, lost: str) -> None:
    paths = {
        "package": Path(loom.site_packages(".venv")) / "one",
        "interpreter": Path(loom.python_of(".venv")),
        "stamp": checkout / ".venv" / loom.STAMP,
    }
    path = paths[lost]
    path.unlink() if path.is_file() else path.rmdir()
    loom.prepare(*loom.DESKTOP)
    assert steps == ["make", "lock", "project"]


@pytest.mark.usefixtures("ready")
def test_a_checkout_that_has_moved_gets_a_new_environment(
    loom: ModuleType, steps: list[str], checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = checkout.with_name("moved")
    checkout.rename(moved)
    monkeypatch.setattr(loom, "ROOT", str(moved))
    loom.prepare(*loom.DESKTOP)
    assert steps == ["make", "lock", "project"]


@pytest.mark.usefixtures("ready")
def test_an_update_that_is_cut_short_goes_on_at_the_next_start(
    loom: ModuleType, steps: list[str], checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = checkout / "requirements" / "desktop.txt"
    before = lock.read_text("utf-8")
    lock.write_text("one==2\n", "utf-8")

    def fail(folder: str, name: str) -> None:
        raise loom.Stop("no network")

    with monkeypatch.context() as broken:
        broken.setattr(loom, "install_lock", fail)
        with pytest.raises(loom.Stop):
            loom.prepare(*loom.DESKTOP)
    lock.write_text(before, "utf-8")  # not even the old lock makes it whole
    loom.prepare(*loom.DESKTOP)
    assert steps == ["lock", "project"]


def test_only_one_set_up_goes_on_at_a_time(loom: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first, second = (os.open(path, os.O_RDWR | os.O_CREAT) for _ in range(2))
    assert loom.try_lock(first)
    assert not loom.try_lock(second)
    os.close(first)
    assert loom.try_lock(second)
    os.close(second)


@pytest.mark.usefixtures("sample")
def test_only_developers_get_the_samples(loom: ModuleType, steps: list[str]) -> None:
    loom.prepare(*loom.DESKTOP)
    assert steps == ["make", "lock", "project"]
    steps.clear()
    loom.prepare(*loom.DEVELOPMENT)
    assert steps == ["make", "lock", "project", "hello"]
    steps.clear()
    loom.prepare(*loom.DEVELOPMENT)
    assert steps == []


def test_a_changed_sample_is_installed_again(loom: ModuleType, steps: list[str], sample: Path) -> None:
    loom.prepare(*loom.DEVELOPMENT)
    steps.clear()
    sample.write_text("[project]\nname = 'x'\n", "utf-8")
    loom.prepare(*loom.DEVELOPMENT)
    assert steps == ["project", "hello"]


def test_without_a_sample_that_was_there_the_environment_is_made_anew(
    loom: ModuleType, steps: list[str], sample: Path
) -> None:
    loom.prepare(*loom.DEVELOPMENT)
    steps.clear()
    sample.unlink()
    loom.prepare(*loom.DEVELOPMENT)
    assert steps == ["make", "lock", "project"]


@pytest.mark.usefixtures("steps", "sample")
def test_a_sample_that_cannot_be_installed_stops_set_up_by_name_and_is_tried_again(
    loom: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = load_loom()
    monkeypatch.setattr(real, "start", lambda folder, *arguments: Started(arguments[-1].endswith("hello")))
    monkeypatch.setattr(real, "ROOT", loom.ROOT)
    monkeypatch.setattr(loom, "install_editable", real.install_editable)
    for _again in (1, 2):
        with pytest.raises(real.Stop, match=r"sample_extensions/hello could not be installed"):
            loom.prepare(*loom.DEVELOPMENT)


@pytest.mark.parametrize("failing", [(), (0,), (3,)], ids=["none", "the first", "the last"])
def test_each_package_of_the_lock_is_installed_once_with_its_hashes_or_set_up_stops(
    loom: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch, failing: tuple[int, ...]
) -> None:
    packages = [f"p{number}==1 \\\n    --hash=sha256:a{number} \\\n    --hash=sha256:b{number}" for number in range(5)]
    (checkout / "requirements" / "desktop.txt").write_text("# Made\n" + "\n".join(packages) + "\n", "utf-8")
    (checkout / "env").mkdir()
    parts: list[str] = []
    waited: list[int] = []

    def start(_folder: str, *arguments: str) -> Started:
        parts.append(Path(arguments[-1]).read_text("utf-8"))
        return Started(len(parts) - 1 in failing, waited)

    monkeypatch.setattr(loom, "start", start)
    with pytest.raises(loom.Stop, match="could not be installed") if failing else nullcontext():
        loom.install_lock("env", "desktop.txt")
    assert sorted("\n".join(parts).replace("\np", "\n\np").split("\n\n")) == packages
    assert len(waited) == len(parts)


@pytest.mark.skipif(os.name == "nt", reason="there a lock is not handed on")
def test_what_a_stopped_set_up_has_started_keeps_the_next_one_waiting(
    loom: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def stopped(folder: str, _lock: str) -> None:
        started.append(loom.start(folder, "timeit", "-n", "1", "-r", "1", "import time; time.sleep(60)"))
        raise KeyboardInterrupt

    monkeypatch.setattr(loom, "python_of", lambda _folder: sys.executable)
    monkeypatch.setattr(loom, "set_up", stopped)
    with pytest.raises(KeyboardInterrupt):
        loom.prepare(*loom.DESKTOP)
    with (checkout / ".loom-setup.lock").open("a") as file:
        try:
            assert not loom.try_lock(file.fileno())
        finally:
            started[0].kill()
            started[0].wait()
        assert loom.try_lock(file.fileno())
