"""What goes warns first, names what to use instead, and is gone after two minor releases."""

import ast
import re
import warnings

import pytest

from tests.architecture.sources import modules, name_of
from workloom import __version__
from workloom.api.deprecation import Going, deprecated, going, last


@deprecated("find_all()", since="1.4")
def find(text: str, *, limit: int = 5) -> list[str]:
    """Finds."""
    return [text] * limit


def test_a_deprecated_function_works_on_and_names_its_replacement_at_the_line_that_calls_it() -> None:
    with pytest.warns(DeprecationWarning, match=r"find is deprecated since Workloom 1\.4") as told:
        assert find("a", limit=2) == ["a", "a"]
    assert str(told[0].message).endswith("and goes with 1.6. Use find_all() instead.")
    assert told[0].filename == __file__
    assert find.__doc__ == "Finds."


def test_where_warnings_are_errors_the_plugin_learns_of_it_from_its_tests() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(DeprecationWarning, match="Use find_all"):
            find("a")


def test_a_name_that_goes_is_still_found_and_one_that_never_was_is_not() -> None:
    found = going("acme.api", {"OLD": Going(7, "acme.api.NEW", "1.0")})
    with pytest.warns(DeprecationWarning, match=r"acme\.api\.OLD .* Use acme\.api\.NEW instead"):
        assert found("OLD") == 7
    with pytest.raises(AttributeError, match="no attribute 'OTHER'"):
        found("OTHER")


def overdue(source: str, version: str) -> list[int]:
    """Lines of a module that deprecate something whose time is over."""
    now = tuple(int(part) for part in version.split(".")[:2])
    lines = []
    for node in ast.walk(ast.parse(source)) if re.search(r"\b(deprecated|Going)\(", source) else ():
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("deprecated", "Going"):
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            since = ast.literal_eval(given[-1])
            if now >= tuple(int(part) for part in last(since).split(".")):
                lines.append(node.lineno)
    return lines


def test_nothing_stays_longer_than_it_was_promised() -> None:
    assert {name_of(path): overdue(path.read_text("utf-8"), __version__) for path in modules().values()} == {
        name_of(path): [] for path in modules().values()
    }


def test_what_is_overdue_is_noticed() -> None:
    source = '@deprecated("new", since="1.4")\ndef old(): ...\nX = Going(1, "Y", "1.5")\n'
    assert overdue(source, "1.5.3") == []
    assert overdue(source, "1.6.0") == [1]
    assert overdue(source, "2.0.0") == [1, 3]
