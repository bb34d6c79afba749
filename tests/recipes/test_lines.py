"""What an author has to write is as little as the design asks for, and every recipe has its page."""

import pytest

from tests.architecture.sources import ROOT
from tests.docs.cuttings import counted, cuttings
from tests.recipes.conftest import PLUGINS

SAMPLE = ROOT / "sample_extensions" / "claims_vertical" / "claims_vertical"
PAGES = ROOT / "docs" / "howto" / "recipes"


@pytest.mark.parametrize(("recipe", "most"), [("block_done", 15), ("list_action", 10)])
def test_a_customisation_takes_few_lines(recipe: str, most: int) -> None:
    assert counted((PLUGINS / recipe / "plugin.py").read_text("utf-8")) <= most


def test_a_work_item_type_with_its_fields_dispositions_and_gate_takes_few_lines_hooks_and_imports_included() -> None:
    """The class of the sample has two further hooks, for its views, which are no part of the type."""
    claims = (SAMPLE / "claims.py").read_text("utf-8")
    plugin = (SAMPLE / "plugin.py").read_text("utf-8")
    views = plugin[plugin.index("    @hook\n    def interaction_views") :]
    assert "class ClaimsVertical" in plugin.removesuffix(views)
    assert counted(claims) + counted(plugin.removesuffix(views)) <= 60


def test_every_recipe_is_shown_on_a_page() -> None:
    pages = "".join(page.read_text("utf-8") for page in PAGES.glob("*.md"))
    recipes = {path.name for path in PLUGINS.iterdir() if (path / "plugin.toml").exists()}
    assert {name for name in recipes if f"plugins/{name}/plugin.py -->" not in pages} == set()


def test_the_list_of_recipes_names_each_page() -> None:
    listed = (PAGES / "README.md").read_text("utf-8")
    assert {page.name for page in PAGES.glob("[0-9]*.md") if f"({page.name})" not in listed} == set()


def test_there_are_nineteen_recipes_each_with_code_and_a_test_that_are_cut_from_what_runs() -> None:
    pages = sorted(PAGES.glob("[0-9]*.md"))
    assert [int(page.name[:2]) for page in pages] == list(range(1, 20))
    for page in pages:
        files = [cutting.file for cutting in cuttings(page)]
        assert any("/tests/" in file or file.startswith("tests/recipes/test_") for file in files), page.name
        assert any(file.endswith(("plugin.py", "claims.py", "plugin.toml")) for file in files), page.name
