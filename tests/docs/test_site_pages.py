"""The pages about the site file and the options are complete, and the demo site is a good example."""

import inspect
import re
from importlib.resources import files
from pathlib import Path

from workloom.bootstrap.catalogue import installed_options
from workloom.bootstrap.demo import demo_site
from workloom.domain.option_tables import reference_page
from workloom.services.site_files import objects, reading
from workloom.testing.plugins import built_in, catalogue_of

DOCS = Path(__file__).parents[2] / "docs"
READ_KEY = re.compile(r"\.(?:text|flag|number|choice|words|seconds|levels|rows|table|objects|raw)\(\s*\"([^\"]+)\"")


def test_the_page_of_the_options_is_what_the_catalogue_says() -> None:
    written = (DOCS / "options.md").read_text(encoding="utf-8")
    assert written == reference_page(catalogue_of(built_in())), (
        "write it anew, in the environment .venv: workloom options --markdown > docs/options.md"
    )


def test_every_key_that_a_site_file_may_have_is_described() -> None:
    page = (DOCS / "reference" / "site-file.md").read_text(encoding="utf-8")
    keys = {key for module in (objects, reading) for key in READ_KEY.findall(inspect.getsource(module))}
    assert len(keys) > 50
    assert {key for key in keys if not re.search(rf"[`\[.{{ \n]{re.escape(key)}\b", page)} == set()


def test_the_demo_site_has_nothing_wrong_with_it() -> None:
    assert [problem.at("demo_site.toml") for problem in demo_site().problems] == []


def test_the_demo_site_shows_every_kind_of_object() -> None:
    text = files("workloom.bootstrap").joinpath("demo_site.toml").read_text(encoding="utf-8")
    site = demo_site().site
    empty = [name for name in site.__struct_fields__ if getattr(site, name) in ({}, ()) and name != "tenant_options"]
    assert empty == []
    assert "docs/reference/site-file.md" in text


def test_every_declared_option_is_read_somewhere() -> None:
    root = DOCS.parent
    sources = "\n".join(
        file.read_text(encoding="utf-8")
        for folder in ("core", "plugins")
        for file in (root / folder).rglob("*.py")
        if file.name != "core_options.py"
    )
    begun = {"workloom", *(file.parent.name.removeprefix("workloom_") for file in root.glob("plugins/*/plugin.py"))}
    unread = [
        f"{spec.name} of {spec.declared_by}"
        for spec in installed_options()
        if spec.declared_by in begun and _literal_part(spec.name) not in sources
    ]
    assert unread == []


def _literal_part(name: str) -> str:
    """The part of a declared name that a reader must write: all of it, or what stands around its placeholders."""
    parts = [part.strip(".") for part in re.split(r"<\w+>", name)]
    return max(parts, key=len)
