"""What a page shows as code is what runs."""

import pytest

from tests.architecture.sources import name_of
from tests.docs.cuttings import NAMED, Cutting, counted, cuttings, part_of
from tests.docs.test_links import PAGES

CUT = [cutting for page in PAGES for cutting in cuttings(page)]


@pytest.mark.parametrize("cutting", CUT, ids=[f"{one.page.stem}: {one.name or one.file}" for one in CUT])
def test_the_code_of_a_page_is_that_of_the_file_it_names(cutting: Cutting) -> None:
    assert cutting.text == cutting.original


def test_every_block_that_names_a_file_is_compared() -> None:
    named = {name_of(page): len(NAMED.findall(page.read_text("utf-8"))) for page in PAGES}
    compared = {name_of(page): len(list(cuttings(page))) for page in PAGES}
    assert named == compared


def test_a_part_is_found_by_its_marks_or_its_name() -> None:
    text = "if os:\n    # begin small\n    a = 1\n    # end\n\n\n@mark\ndef big():\n    return 2\n"
    assert part_of(text, "small") == "a = 1\n"
    assert part_of(text, "big") == "@mark\ndef big():\n    return 2\n"
    with pytest.raises(KeyError):
        part_of(text, "lost")


def test_blank_lines_and_comments_are_not_counted() -> None:
    assert counted("import os\n\n# why\nprint(os)  # what\n") == 2
