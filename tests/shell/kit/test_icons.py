"""Every icon of the design is there, follows the theme, and is drawn once."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from PyQt6.QtCore import QSize
from PyQt6.QtGui import QImage, QPixmap
from pytestqt.qtbot import QtBot

from tests.shell.kit.samples import OUTLINES, PRESENCE
from workloom.adapters.outlines import LucideOutlines
from workloom.shell.kit import icons
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.tokens import Tokens

GLYPHS = [f"presence:{state}" for state in PRESENCE] + [f"priority:{level}" for level in (1, 2, 3, 4)]


@pytest.fixture
def tokens() -> Tokens:
    """The light theme."""
    return Tokens()


@pytest.fixture
def drawn(qtbot: QtBot, tokens: Tokens) -> Icons:
    """Icons of the light theme."""
    return Icons(tokens, LucideOutlines())


def shape(pixmap: QPixmap) -> bytes:
    """Where a pixmap has ink, whatever its colour."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_Alpha8)
    return b"".join(bytes(image.constScanLine(row).asarray(image.width())) for row in range(image.height()))


@pytest.mark.parametrize("name", OUTLINES)
def test_an_icon_of_the_design_is_an_outline_in_our_stroke(drawn: Icons, name: str) -> None:
    svg = drawn.outline(name)
    assert 'stroke-width="1.75"' in svg
    assert 'stroke-linecap="round"' in svg
    assert "currentColor" in svg


@pytest.mark.parametrize("name", GLYPHS)
def test_a_glyph_of_ours_has_a_shape_of_its_own(drawn: Icons, name: str) -> None:
    own = drawn.pixmap(name, size=32).toImage()
    others = [drawn.pixmap(other, size=32).toImage() for other in GLYPHS if other != name]
    assert any(shape(drawn.pixmap(name, size=32)))
    assert own not in others


def test_presence_is_told_apart_without_colour(drawn: Icons) -> None:
    grey = {
        state: drawn.pixmap(f"presence:{state}", size=32).toImage().convertToFormat(QImage.Format.Format_Mono)
        for state in PRESENCE
    }
    alike = [(one, other) for one in PRESENCE for other in PRESENCE if one < other and grey[one] == grey[other]]
    assert alike == []


@pytest.mark.parametrize("name", ["no-such-icon", "presence:asleep", "mood:good"])
def test_an_unknown_name_is_an_error_that_names_it(drawn: Icons, name: str) -> None:
    with pytest.raises(KeyError, match=name.rpartition(":")[2] if name.startswith("presence") else name):
        drawn.pixmap(name)


def test_an_unknown_icon_on_a_button_is_drawn_as_such_and_said_once(
    drawn: Icons, caplog: pytest.LogCaptureFixture
) -> None:
    icon = drawn.icon("no-such-icon")
    for _ in range(2):
        assert any(shape(icon.pixmap(QSize(16, 16))))
    assert [record.getMessage() for record in caplog.records] == [
        "There is no icon named 'no-such-icon' with the colour 'muted'."
    ]


def test_a_large_icon_is_drawn_in_thin_lines(drawn: Icons) -> None:
    ink = {size: sum(shape(drawn.pixmap("inbox", size=size))) / 255 / size for size in (24, 56)}
    assert ink[56] == pytest.approx(ink[24], rel=0.2)


def test_an_icon_is_drawn_once_for_each_size_colour_and_scale(drawn: Icons) -> None:
    first = drawn.pixmap("check", "muted", 16, 1.0)
    assert drawn.pixmap("check", "muted", 16, 1.0).cacheKey() == first.cacheKey()
    assert drawn.pixmap("check", "danger", 16, 1.0).cacheKey() != first.cacheKey()
    assert drawn.pixmap("check", "muted", 16, 2.0).size() == QSize(32, 32)


def test_an_icon_follows_the_theme_without_being_made_anew(drawn: Icons, tokens: Tokens) -> None:
    icon = drawn.icon("check", "text")
    light = icon.pixmap(QSize(16, 16)).toImage()
    tokens.switch(dark=True)
    dark = icon.pixmap(QSize(16, 16)).toImage()
    assert light != dark
    assert max(dark.pixelColor(x, y).lightness() for x in range(16) for y in range(16) if dark.pixel(x, y)) > 200


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_an_icon_is_sharp_at_the_scale_of_the_screen(drawn: Icons, ratio: float) -> None:
    pixmap = drawn.icon("shield").pixmap(QSize(16, 16), ratio)
    assert pixmap.size() == QSize(round(16 * ratio), round(16 * ratio))
    assert pixmap.devicePixelRatio() == ratio


def test_the_icons_load_nothing_before_one_is_drawn_and_never_the_package_that_brings_them() -> None:
    code = f"""
import sys, {icons.__name__}, {LucideOutlines.__module__} as source
print([name for name in ("lucide", "PyQt6.QtSvg", "sqlite3") if name in sys.modules])
source.LucideOutlines()("check")
print("lucide" in sys.modules)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["[]", "False"]


def test_any_thread_may_ask_for_an_outline_and_the_last_lets_the_database_go() -> None:
    outlines = LucideOutlines()
    with ThreadPoolExecutor(4) as threads:
        found = set(threads.map(outlines, ["inbox"] * 200))
    assert found == {outlines("inbox")}
    connection = outlines._connection  # noqa: SLF001
    del outlines
    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute("SELECT 1")


def test_where_the_icons_are_not_installed_the_error_says_what_to_install() -> None:
    with pytest.raises(FileNotFoundError, match="Install the package python-lucide"):
        LucideOutlines("no_such_package")("check")
