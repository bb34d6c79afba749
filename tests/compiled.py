"""Compiles tests as pytest does at their import, before many processes of one run would do it, each of them all."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest
from _pytest.assertion.rewrite import (
    PYC_TAIL,
    _rewrite_test,
    _write_pyc,
    assertstate_key,
    get_cache_dir,
    try_makedirs,
)

MANY: Final = 50
"""Tests from which on it is worth a second process."""


def compile_tests(config: pytest.Config, folders: Iterable[Path], ignored: Iterable[str] = ()) -> list[Path]:
    """The tests below the folders that had no compiled file of theirs, or an older one; now they have.

    Two processes share the work where the system can divide one.
    """
    if sys.dont_write_bytecode:
        return []
    without = [Path(path).resolve() for path in ignored]
    files = [file for folder in folders for file in sorted(folder.rglob("*.py")) if not _hidden(file, folder)]
    wanted = [file for file in files if not any(file.is_relative_to(path) for path in without) and _is_old(file)]
    if len(wanted) < MANY or not hasattr(os, "fork"):
        return [file for file in wanted if _compiled(config, file)]
    child = os.fork()
    if child == 0:
        try:
            for file in wanted[1::2]:
                _compiled(config, file)
        finally:
            os._exit(0)
    for file in wanted[::2]:
        _compiled(config, file)
    os.waitpid(child, 0)
    return [file for file in wanted if not _is_old(file)]


def _hidden(file: Path, folder: Path) -> bool:
    """As an environment of Python is, whose tests are not ours."""
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _is_old(file: Path) -> bool:
    """Whether it is a test that has to be compiled."""
    if not (file.name.startswith("test_") or file.name == "conftest.py"):
        return False
    there = _place(file)
    return not there.exists() or there.stat().st_mtime < file.stat().st_mtime


def _place(file: Path) -> Path:
    """Where pytest looks for what it has compiled."""
    return get_cache_dir(file) / (file.stem + PYC_TAIL)


def _compiled(config: pytest.Config, file: Path) -> bool:
    """Whether it could be compiled and written; why not is said by whoever imports it."""
    try:
        source_hash, code = _rewrite_test(file, config)
    except (SyntaxError, ValueError):
        return False
    there = _place(file)
    return try_makedirs(there.parent) and _write_pyc(config.stash[assertstate_key], code, source_hash, there)
