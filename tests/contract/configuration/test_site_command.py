"""`workloom site`, `workloom explain`: what is said, where, and with which exit code."""

import re
from pathlib import Path

import pytest

from tests.contract.configuration.provisioning import read, site_text
from workloom.bootstrap.engine import open_engine
from workloom.cli import main
from workloom.domain.pages import HistoryQuery, HistoryScope
from workloom.services.site_files.writing import write_site


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def site_file(tmp_path: Path) -> Path:
    file = tmp_path / "site.toml"
    file.write_text(site_text(), encoding="utf-8")
    return file


def shown(data: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["site", "show", "--data", str(data)]) == 0
    return capsys.readouterr().out


def test_apply_says_what_has_changed_by_kind_and_name(
    data: Path, site_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["site", "apply", str(site_file), "--data", str(data)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "person: 1 added (lena)" in said
    assert said[-1] == "Changed: 7 added, 3 changed, 0 removed."
    assert main(["--data", str(data), "site", "apply", str(site_file)]) == 0
    assert capsys.readouterr().out == "Nothing has changed: the site was like this already.\n"


def test_a_dry_run_makes_no_data_and_changes_none(
    data: Path, site_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["site", "apply", str(site_file), "--dry-run", "--data", str(data)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Would change: 7 added, 3 changed, 0 removed."
    assert not data.exists()


def test_a_file_with_problems_changes_nothing_and_all_of_them_are_said(
    data: Path, site_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["site", "apply", str(site_file), "--data", str(data)]) == 0
    before = shown(data, capsys)
    bad = site_text().replace('strategy = "team"', 'strategy = "teem"').replace('roles = ["Agent"]', 'rolls = ["A"]')
    site_file.write_text(bad, encoding="utf-8")
    assert main(["site", "apply", str(site_file), "--data", str(data)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 3
    assert said[0].startswith(f"{site_file}:10:1: “rolls” is not known; did you mean “roles”?")
    assert "strategy “teem” is not known" in said[1]
    assert said[2] == f"workloom: {site_file} has 2 problems and cannot be used. Nothing was changed."
    assert shown(data, capsys) == before


def test_warnings_count_only_when_asked_for(site_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site_file.write_text(site_text() + '[tenant-options]\n"bogus" = 1\n', encoding="utf-8")
    assert main(["site", "check", str(site_file)]) == 0
    assert "warning: option “bogus” is declared by nobody (layer Tenant)" in capsys.readouterr().err
    assert main(["site", "check", str(site_file), "--strict"]) == 1


def test_what_is_shown_can_be_applied_again(
    data: Path, site_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["site", "apply", str(site_file), "--data", str(data)]) == 0
    again = tmp_path / "shown.toml"
    again.write_text(shown(data, capsys), encoding="utf-8")
    assert main(["site", "apply", str(again), "--data", str(data)]) == 0
    assert capsys.readouterr().out.startswith("Nothing has changed")


def test_a_written_site_is_read_as_the_same_site() -> None:
    demo = Path(__file__).parents[3] / "core" / "workloom" / "bootstrap" / "demo_site.toml"
    for text in (site_text(), demo.read_text(encoding="utf-8")):
        assert read(write_site(read(text).site)).site == read(text).site


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["site", "apply", "{tmp}/none.toml"], "{tmp}/none.toml: No such file or directory"),
        (["site", "apply", "{tmp}"], "{tmp}: Is a directory"),
        (["explain", "agent", "nobody"], "There is no person “nobody”. There is lena, jonas"),
        (["explain", "item", "none"], "There is no item “none”, neither by id nor by its number at a source."),
    ],
)
def test_an_error_is_one_plain_line_and_exit_code_one(
    arguments: list[str], message: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [argument.format(tmp=tmp_path) for argument in arguments]
    assert main([*given, "--data", str(data)]) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("workloom: " + message.format(tmp=tmp_path))


def test_an_empty_data_folder_starts_from_the_demo_and_its_work_and_says_so(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", "agent", "lena", "--data", str(data)]) == 0
    said = capsys.readouterr()
    found = re.fullmatch(
        re.escape(f"{data} was empty: it starts from the demo site with ") + r"(\d+) open work items\.\n", said.err
    )
    assert found, said.err
    assert "claim: [login] Not logged in. Log in." in said.out
    assert waiting(data) == int(found[1]) > 0
    assert main(["explain", "agent", "lena", "--data", str(data)]) == 0
    assert capsys.readouterr().err == ""


def waiting(data: Path) -> int:
    """How many items of a data folder are unfinished."""
    engine = open_engine(data, exclusive=False)
    try:
        plan = engine.backend.authenticate("ines", "alpenrand")
        services = engine.backend.services(engine.backend.log_in(plan.ticket))
        return services.history.counts(HistoryQuery(scope=HistoryScope.ALL)).in_progress
    finally:
        engine.stop()


def test_the_data_folder_may_come_from_the_environment(
    data: Path, site_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKLOOM_DATA", str(data))
    assert main(["site", "apply", str(site_file)]) == 0
    assert (data / "workloom.db").exists()


@pytest.mark.parametrize(
    "form", ["--data {data} site apply {file}", "site --dat {data} apply {file}", "site apply {file} --data={data}"]
)
def test_the_data_folder_may_stand_anywhere_in_the_line(form: str, data: Path, site_file: Path) -> None:
    assert main(form.format(data=data, file=site_file).split()) == 0
    assert (data / "workloom.db").exists()


@pytest.mark.parametrize("arguments", [["bogus"], ["site"], ["site", "apply"], ["explain", "agent"]])
def test_wrong_usage_is_exit_code_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: workloom" in capsys.readouterr().err


def test_a_password_read_from_the_input_becomes_a_hash(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("secret\n"))
    assert main(["site", "hash"]) == 0
    assert capsys.readouterr().out.startswith("$argon2id$")


@pytest.mark.parametrize(
    ("arguments", "found"),
    [(["--agents", "x"], "a number from 1 on, found “x”"), (["--hours", "soon"], "at most 8784, found “soon”")],
)
def test_a_wrong_number_is_named(capsys: pytest.CaptureFixture[str], arguments: list[str], found: str) -> None:
    with pytest.raises(SystemExit):
        main(["simulate", *arguments])
    assert found in capsys.readouterr().err


def test_a_file_in_the_place_of_the_data_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file"
    file.touch()
    for data in (file, file / "below"):
        assert main(["explain", "agent", "lena", "--data", str(data)]) == 1
        assert "there is a file in its place" in capsys.readouterr().err
