"""Plugins are found through the entry points of installed distributions."""

from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.plugins.manager.making import Yard
from workloom.plugin_manager.discovery import GROUP, Candidate, installed


def distribution(folder: Path, name: str, text: str) -> None:
    """Write what an installer leaves of a distribution."""
    information = folder / f"{name}.dist-info"
    information.mkdir(parents=True)
    (information / "entry_points.txt").write_text(text, "utf-8")


def test_the_installed_plugins_are_those_that_importlib_names() -> None:
    expected = {Candidate(point.name, point.value) for point in entry_points(group=GROUP)}
    assert {Candidate(one.name, one.package) for one in installed()} == expected
    assert {one.name for one in installed() if one.is_built_in} >= {"workitem", "workbin"}
    assert len(expected) >= 4


def test_entry_points_of_other_groups_comments_and_files_without_any_are_passed_over(tmp_path: Path) -> None:
    distribution(
        tmp_path, "acme_panel-1.0", "[console_scripts]\nx = y:z\n\n[workloom.plugins]\n# a = b\nacme=acme_panel\n"
    )
    (tmp_path / "bare-2.dist-info").mkdir()
    (tmp_path / "file.dist-info").write_text("", "utf-8")
    assert installed([str(tmp_path), str(tmp_path / "absent"), str(tmp_path / "file.zip")]) == (
        Candidate("acme", "acme_panel", "acme_panel"),
    )


def test_a_distribution_hides_the_same_one_further_down_the_import_path(tmp_path: Path) -> None:
    distribution(tmp_path / "first", "Acme.Panel-2.0", "[workloom.plugins]\nacme = acme_new\n")
    distribution(tmp_path / "second", "acme_panel-1.0", "[workloom.plugins]\nacme = acme_old\n")
    assert installed([str(tmp_path / "first"), str(tmp_path / "second")]) == (
        Candidate("acme", "acme_new", "acme_panel"),
    )


@pytest.mark.parametrize(
    ("package", "said"),
    [
        (
            "absent_of_the_tests",
            "there is no such package. Install the plugin again; in tests, name its folder in “pythonpath”.",
        ),
        ("lonely_of_the_tests", "it is a single module. Make it a package"),
        ("acme.panel", "expected the name of a top-level package"),
        ("acme:Plugin", "expected the name of a top-level package"),
    ],
)
def test_an_entry_point_that_leads_nowhere_is_named_and_the_others_go_on(yard: Yard, package: str, said: str) -> None:
    (yard.folder / "lonely_of_the_tests.py").write_text("", "utf-8")
    yard.add("good")
    yard.candidates.append(Candidate("acme", package))
    good, bad = yard.manager().infos()
    assert (good.id, good.state) == ("good", "ready")
    assert (bad.id, bad.state) == ("acme", "refused")
    assert f"The entry point acme = “{package}”: {said}" in bad.reason


def test_an_entry_point_that_names_the_package_of_another_takes_no_blame_from_it(yard: Yard) -> None:
    yard.add("acme")
    yard.candidates += [Candidate("thief", yard.package("acme")), Candidate("vandal", "workloom")]
    manager = yard.manager()
    assert manager.unguarded.plugins_by_package() == {yard.package("acme"): "acme"}
    assert {info.id: info.state for info in manager.infos()} == {
        "acme": "ready",
        "thief": "refused",
        "vandal": "refused",
    }
