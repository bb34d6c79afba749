"""The page of the hooks is what the hooks say, each has a shipped user and a test, and there are few of them."""

import importlib.util
import re
from types import ModuleType

import pytest

from tests.architecture.sources import ROOT

MOST = 15
"""Hook functions in the core."""


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hooks_page", ROOT / "docs" / "hooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HOOKS = _generator()
CORE = [name for kind in HOOKS.CORE for name in HOOKS.hooks_of(kind)]
OF_PLUGINS = [name for kind in HOOKS.OF_PLUGINS.values() for name in HOOKS.hooks_of(kind)]
KINDS = [(kind, name) for kind in (*HOOKS.CORE, *HOOKS.OF_PLUGINS.values()) for name in HOOKS.hooks_of(kind)]


def test_the_page_is_what_the_hooks_say() -> None:
    written = (ROOT / "docs" / "hooks.md").read_text("utf-8")
    assert written == HOOKS.page(), "write it anew: python docs/hooks.py"


def test_the_core_has_few_hooks() -> None:
    assert len(CORE) <= MOST


@pytest.mark.parametrize("name", [*CORE, *OF_PLUGINS])
def test_every_hook_has_a_shipped_user_and_is_tested_by_name(name: str) -> None:
    users = [user for user in HOOKS.used_by().get(name, ()) if not user.startswith("recipe ")]
    assert name == "backends" or users, "a hook ships only with a plugin that uses it"
    named = [file for file in (ROOT / "tests").rglob("test_*.py") if re.search(rf"\b{name}\b", file.read_text("utf-8"))]
    assert named


@pytest.mark.parametrize(("kind", "name"), KINDS, ids=[name for _kind, name in KINDS])
def test_every_hook_says_its_mode_and_when_it_is_called(kind: type, name: str) -> None:
    said = getattr(kind, name).__doc__ or ""
    assert any(mode in said for mode in HOOKS.MODES), said
    terms = HOOKS.TERMS[kind]
    assert "error" in terms
    assert re.search(r"budget|seconds", terms) or HOOKS.budget_of(f"hook {name}") > 0
    assert re.search(r"called|has logged in|is about to|happened", said, re.IGNORECASE), said
