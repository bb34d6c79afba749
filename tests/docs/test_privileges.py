"""Whoever writes a role finds every privilege on the page of the site file."""

import pytest

from tests.architecture.sources import ROOT
from workloom.domain.privileges import CORE_PRIVILEGES

PAGE = (ROOT / "docs" / "reference" / "site-file.md").read_text("utf-8")


@pytest.mark.parametrize("privilege", CORE_PRIVILEGES)
def test_each_privilege_is_explained(privilege: str) -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and line.count("|") == 3]
    named = [name for row in rows for part in row.split("|")[1].split(";") for name in part.strip().split(", ")]
    assert named.count(privilege) == 1
