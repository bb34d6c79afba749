"""`workloom plugin new`: each kind passes its own tests at once; tests/docs has lint and types."""

from pathlib import Path

import pytest

from tests.scaffold.made import name_of, one_of_each, run
from workloom.cli import main
from workloom.cli.scaffold import kinds, write_plugin
from workloom.domain.errors import BadInput

pytestmark = pytest.mark.timeout(175)

NAME = "zebra_case"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a new plugin of each kind."""
    return one_of_each(tmp_path_factory.mktemp("plugins"))


@pytest.mark.parametrize("kind", kinds())
def test_a_new_plugin_passes_its_own_tests_without_being_installed(kind: str, place: Path) -> None:
    assert " passed" in run(place / name_of(kind), "pytest", "-q", "-p", "no:cacheprovider")


def test_the_command_says_how_to_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plugin", "new", "--kind", "panel", NAME, "--into", str(tmp_path)]) == 0
    assert f"cd {tmp_path / NAME}" in capsys.readouterr().out
    assert main(["plugin", "new", "--kind", "panel", NAME, "--into", str(tmp_path)]) == 1
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["Claims", "9lives", "my-plugin", "class", "json", "workloom", ""])
def test_a_name_that_no_plugin_can_have_is_refused_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        write_plugin("panel", name, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", kinds())
def test_every_file_of_a_template_is_named_in_the_readme(kind: str, place: Path) -> None:
    folder, name = place / name_of(kind), name_of(kind)
    readme = (folder / "README.md").read_text("utf-8")
    files = {path.relative_to(folder).as_posix() for path in (folder / name).glob("*.*")}
    unnamed = {file for file in files if f"`{file}`" not in readme}
    assert unnamed == {f"{name}/__init__.py", f"{name}/py.typed"}
