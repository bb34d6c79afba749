"""Compiles tests as pytest does at their import, before many processes of one run would do it, each of them all."""

import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from _pytest.assertion.rewrite import (
    PYC_TAIL,
    _rewrite_test,
    _write_pyc,
    assertstate_key,
    get_cache_dir,
    try_makedirs,
)


def compile_tests(config: pytest.Config, folders: Iterable[Path], ignored: Iterable[str] = ()) -> list[Path]:
    """The tests below the folders that had no compiled file of theirs, or an older one; now they have."""
    if sys.dont_write_bytecode:
        return []
    without = [Path(path).resolve() for path in ignored]
    files = [file for folder in folders for file in sorted(folder.rglob("*.py")) if not _hidden(file, folder)]
    wanted = [file for file in files if not any(file.is_relative_to(path) for path in without)]
    return [file for file in wanted if _compiled(config, file)]


def _hidden(file: Path, folder: Path) -> bool:
    """As an environment of Python is, whose tests are not ours."""
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _compiled(config: pytest.Config, file: Path) -> bool:
    """Whether it is a test that had to be compiled."""
    if not (file.name.startswith("test_") or file.name == "conftest.py"):
        return False
    cache = get_cache_dir(file)
    there = cache / (file.stem + PYC_TAIL)
    if there.exists() and there.stat().st_mtime >= file.stat().st_mtime:
        return False
    source_hash, code = _rewrite_test(file, config)
    return try_makedirs(cache) and _write_pyc(config.stash[assertstate_key], code, source_hash, there)
