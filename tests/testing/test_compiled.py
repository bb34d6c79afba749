"""A run in many processes compiles each test once."""

import os
import sys
from pathlib import Path

import pytest
from _pytest.assertion.rewrite import PYC_TAIL, _read_pyc, get_cache_dir

from tests.compiled import compile_tests


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A test in a folder, beside a module that is none and one that is hidden."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "helping.py").write_text("assert True\n", "utf-8")
    made = tmp_path / "below" / "test_one.py"
    made.parent.mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "test_other.py").write_text("", "utf-8")
    made.write_text("def test_one():\n    assert 1 + 1 == 2\n", "utf-8")
    return made


def test_pytest_takes_what_was_compiled_before(file: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    assert compile_tests(request.config, [tmp_path]) == [file]
    assert _read_pyc(file, get_cache_dir(file) / (file.stem + PYC_TAIL)) is not None
    assert compile_tests(request.config, [tmp_path]) == []


def test_many_are_compiled_by_two_processes(
    file: Path, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.compiled.MANY", 4)
    others = [file.with_name(f"test_other_{number}.py") for number in range(4)]
    for other in others:
        other.write_bytes(file.read_bytes())
    for name in ("test_broken", "test_broken_as_well"):  # one for each
        file.with_name(f"{name}.py").write_text("def (", "utf-8")
    assert compile_tests(request.config, [tmp_path]) == [file, *others]


def test_a_changed_test_is_compiled_again(file: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    compile_tests(request.config, [tmp_path])
    later = file.stat().st_mtime + 2.0
    os.utime(file, (later, later))
    assert compile_tests(request.config, [tmp_path]) == [file]


def test_who_wants_no_compiled_files_gets_none(
    file: Path, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert compile_tests(request.config, [tmp_path]) == []
    assert not (file.parent / "__pycache__").exists()
