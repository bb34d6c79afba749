"""`workloom client`: clients are made with a token that is told once, and survive in the site file that it prints."""

import re
from pathlib import Path

import pytest

from tests.contract.configuration.provisioning import read, site_text
from workloom.cli import main
from workloom.services.digests import digest

TOKEN = re.compile(r"^    (client-token-[\w-]{32})$", re.MULTILINE)


@pytest.fixture
def site_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    file = tmp_path / "site.toml"
    file.write_text(site_text() + '\n[capture-points.door]\nqueue = "claims"\n', encoding="utf-8")
    assert main(["site", "apply", str(file), "--data", str(tmp_path / "data")]) == 0
    capsys.readouterr()
    return file


def call(site_file: Path, *words: str) -> int:
    return main(["client", *words, "--data", str(site_file.parent / "data")])


def test_the_printed_lines_keep_the_client_in_the_site_file(
    site_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(site_file, "add", "scanner", "--point", "door") == 0
    said = capsys.readouterr().out
    (token,) = TOKEN.findall(said)
    lines = said[said.index("[clients") :]
    client = read(site_file.read_text("utf-8") + lines).site.clients["scanner"]
    assert (client.capture_points, client.token_hashes) == (("door",), (digest(token),))
    site_file.write_text(site_file.read_text("utf-8") + lines, "utf-8")
    assert main(["site", "apply", str(site_file), "--data", str(site_file.parent / "data")]) == 0
    assert capsys.readouterr().out.startswith("Nothing has changed")


def test_a_token_is_renewed_beside_the_others_or_in_their_place(
    site_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(site_file, "add", "scanner", "--point", "door", "--title", "Scanner")
    call(site_file, "token", "scanner")
    capsys.readouterr()
    call(site_file, "list")
    assert capsys.readouterr().out == "scanner: 2 tokens; points: door\n"
    call(site_file, "token", "scanner", "--replace")
    call(site_file, "list")
    assert "scanner: 1 token; points: door\n" in capsys.readouterr().out
    call(site_file, "remove", "scanner")
    capsys.readouterr()
    call(site_file, "list")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "x", "--point", "gate"), "clients.x.capture-points.0: capture point “gate” is not known"),
        (("add", "x", "--privilege", "Can Fly"), "privilege “Can Fly” is not known"),
        (("token", "ghost"), "There is no client “ghost”. The site has none."),
        (("remove", "ghost"), "There is no client “ghost”"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    site_file: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert call(site_file, *words) == 1
    assert said in capsys.readouterr().err
    call(site_file, "list")
    assert capsys.readouterr().out == ""


def test_a_hash_that_is_none_or_that_two_clients_have_is_a_problem_of_the_site_file(site_file: Path) -> None:
    from workloom.domain.core_options import core_catalogue
    from workloom.domain.privileges import CORE_PRIVILEGES
    from workloom.services.site_files.reading import read_site

    good = digest("one")
    text = site_text() + (
        f'\n[clients.a]\ntoken-hashes = ["{good}", "secret"]\n[clients.b]\ntoken-hashes = ["{good}"]\n'
    )
    messages = [problem.message for problem in read_site(text.encode(), core_catalogue(), CORE_PRIVILEGES).errors]
    assert len(messages) == 2
    assert messages[0].startswith("this is no hash of a token")
    assert messages[1] == "the client “a” has this token as well"
