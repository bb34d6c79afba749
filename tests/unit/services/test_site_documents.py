"""The site as documents."""

import pytest

from workloom.domain.errors import StorageDamaged
from workloom.domain.site import Person, Queue, Site
from workloom.services.site_changes import KindChanges, differences
from workloom.services.site_documents import documents_of, site_of

SITE = Site(
    title="Test",
    persons={"b": Person(name="b", employee_id="1"), "a": Person(name="a", employee_id="2", options={"x": ["y", "z"]})},
    queues={"q": Queue(name="q")},
    application_options={"flag": True, "number": 3},
)


def test_documents_make_the_same_site_with_its_order() -> None:
    again = site_of(documents_of(SITE), 7)
    assert again.version == 7
    assert list(again.persons) == ["b", "a"]
    assert not differences(SITE, again)


def test_a_kind_of_document_from_a_later_version_is_passed_over() -> None:
    assert not differences(SITE, site_of([*documents_of(SITE), ("calendar", "x", b"{}")], 0))


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"name": 1}', b"\xff"])
@pytest.mark.parametrize("kind", ["person", "site"])
def test_a_document_that_cannot_be_read_is_named_and_says_what_to_do(kind: str, body: bytes) -> None:
    with pytest.raises(StorageDamaged, match=r"cannot be read .* Apply the site file again"):
        site_of([(kind, "lena", body)], 1)


def test_differences_name_what_comes_changes_and_goes() -> None:
    other = Site(
        title="Other",
        persons={"a": Person(name="a", employee_id="9"), "c": Person(name="c", employee_id="3")},
        queues={"q": Queue(name="q")},
        application_options={"flag": True, "number": 3},
    )
    changes = differences(SITE, other)
    assert changes.kinds == (
        KindChanges(kind="general setting", changed=("title",)),
        KindChanges(kind="person", added=("c",), changed=("a",), removed=("b",)),
    )
    assert changes.counts() == (1, 2, 1)
    assert changes.removed("person") == ("b",)
    assert changes.removed("queue") == ()
