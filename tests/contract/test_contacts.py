"""Contacts as an agent sees them, and finding or making one for captured work, on a real store."""

from datetime import timedelta

import pytest

from tests.contract.reading_site import NOW, Office, item, office, site
from workloom.domain.contact import Contact
from workloom.domain.errors import NotAllowed, NotFound
from workloom.domain.pages import HistoryQuery, HistoryScope
from workloom.domain.privileges import ASSIGN_CONTACT, CONTACT_INFORMATION, USE_DIRECTORY
from workloom.services.contacts import find_or_create


def names(desk: Office, text: str) -> list[str]:
    return [contact.full_name for contact in desk.contacts().search(text)]


def customers(desk: Office) -> None:
    desk.contact("c1", "Marta", "Lindqvist", EmailAddress="marta.lindqvist@example.org", Segment="Gold")
    desk.contact("c2", "Hakan", "Yıldırım", PhoneNumber="+49 89 5550142", Segment="Silver")
    desk.contact("c3", "Anna-Maria", "Lindner")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lind", ["Anna-Maria Lindner", "Marta Lindqvist"]),
        ("LINDQ mar", ["Marta Lindqvist"]),
        ("maria", ["Anna-Maria Lindner"]),
        ("marta.lindqvist@exa", ["Marta Lindqvist"]),
        ("555", ["Hakan Yıldırım"]),
        ("5550142", ["Hakan Yıldırım"]),
        ("qvist", []),
        ("", []),
        ("\"'*", []),
    ],
)
def test_a_search_finds_word_beginnings_in_all_attributes(text: str, found: list[str]) -> None:
    desk = office()
    customers(desk)
    assert names(desk, text) == found


def test_a_search_gives_no_more_than_asked_for() -> None:
    desk = office()
    customers(desk)
    assert len(desk.contacts().search("lind", limit=1)) == 1
    assert desk.contacts().search("lind", limit=-1) == ()


def test_directory_permissions_restrict_who_is_found() -> None:
    desk = office(site(options={"contact.directory-permissions.Segment": "Gold,Platinum"}))
    customers(desk)
    assert names(desk, "lind") == ["Marta Lindqvist"]


def test_searching_needs_the_directory_or_the_right_to_assign() -> None:
    desk = office(site(without=[USE_DIRECTORY]))
    customers(desk)
    assert names(desk, "marta") == ["Marta Lindqvist"]
    desk.apply(site(without=[USE_DIRECTORY, ASSIGN_CONTACT]))
    with pytest.raises(NotAllowed):
        names(desk, "marta")


def test_a_contact_is_read_with_either_contact_privilege() -> None:
    desk = office()
    customers(desk)
    for missing in (USE_DIRECTORY, CONTACT_INFORMATION):
        desk.apply(site(without=[missing]))
        assert desk.contacts().get("c1").full_name == "Marta Lindqvist"
    desk.apply(site(without=[USE_DIRECTORY, CONTACT_INFORMATION]))
    with pytest.raises(NotAllowed):
        desk.contacts().get("c1")
    with pytest.raises(NotAllowed):
        desk.contacts().get("unknown")


def test_an_unknown_contact_and_one_outside_the_permissions_look_the_same() -> None:
    desk = office(site(without=[CONTACT_INFORMATION], options={"contact.directory-permissions.Segment": ["Gold"]}))
    customers(desk)
    with pytest.raises(NotFound) as unknown:
        desk.contacts().get("c9")
    with pytest.raises(NotFound) as hidden:
        desk.contacts().get("c2")
    assert str(unknown.value) == str(hidden.value)


def capture(desk: Office, key: str, **attributes: str) -> Contact:
    with desk.store.transaction() as transaction:
        return find_or_create(transaction, desk.ids, tenant="default", key=key, attributes=attributes, now=NOW)


def test_a_key_finds_the_contact_that_it_made() -> None:
    desk = office()
    made = capture(desk, "C-118", FirstName="Marta")
    assert capture(desk, "C-118", FirstName="Marta") == made
    assert capture(desk, "C-119", FirstName="Marta").id != made.id
    assert desk.contacts().get(made.id).key == "C-118"


def test_new_values_replace_old_ones_or_are_added_where_there_may_be_several() -> None:
    desk = office()
    capture(desk, "C-118", LastName="Old", EmailAddress="a@example.org", Segment="Gold")
    known = capture(desk, "C-118", LastName="New", EmailAddress="b@example.org", Segment="  ")
    assert known.attributes == {
        "LastName": ("New",),
        "EmailAddress": ("a@example.org", "b@example.org"),
        "Segment": ("Gold",),
    }
    assert desk.contacts().get(known.id) == known


def test_a_contact_that_does_not_change_is_not_written() -> None:
    desk = office()
    capture(desk, "C-118", LastName="Weber")
    with desk.store.reading() as reader:
        known = find_or_create(
            reader,  # type: ignore[arg-type]  # the snapshot of a file refuses to write
            desk.ids,
            tenant="default",
            key="C-118",
            attributes={"LastName": "Weber"},
            now=NOW + timedelta(days=1),
        )
    assert known.created_at == NOW


def test_contacts_without_a_key_are_kept_apart() -> None:
    desk = office()
    assert capture(desk, "", LastName="Weber").id != capture(desk, "", LastName="Weber").id


def test_a_failed_capture_leaves_no_contact() -> None:
    desk = office()

    def fail() -> None:
        with desk.store.transaction() as transaction:
            find_or_create(
                transaction, desk.ids, tenant="default", key="C-1", attributes={"LastName": "Weber"}, now=NOW
            )
            raise NotFound("The queue does not exist.")

    with pytest.raises(NotFound):
        fail()
    assert names(desk, "weber") == []


def test_a_new_name_is_found_in_the_history_too() -> None:
    desk = office()
    known = capture(desk, "C-118", LastName="Old")
    desk.add(item("1", contact_id=known.id))
    capture(desk, "C-118", LastName="Lindqvist")
    (row,) = desk.history().search(HistoryQuery(scope=HistoryScope.ALL, text="lindq")).rows
    assert row.contact == "Lindqvist"
