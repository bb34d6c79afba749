"""Administration of objects, site, sessions and passwords: what may be changed by whom, and what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from tests.contract.backends import opened_office
from workloom.domain.errors import BadInput, LoginFailed, NotAllowed, NotFound, Refused, SessionEnded, Stale
from workloom.domain.events import EventKind
from workloom.domain.privileges import (
    ADMIN_CHANGE,
    ADMIN_PASSWORDS,
    ADMIN_READ,
    ADMIN_SESSIONS,
    USE_CHANNEL,
    USE_WORKBINS,
)
from workloom.domain.site import Client, Person, Queue, Role
from workloom.services.administration import FIELDS, Administration
from workloom.services.principals import Who
from workloom.testing.office import PASSWORD, Office
from workloom.testing.sites import site

BOT = Who(client="bot")
ALL = (ADMIN_READ, ADMIN_CHANGE, ADMIN_SESSIONS, ADMIN_PASSWORDS)
ONCE: dict[str, Any] = {"version": None, "dry_run": False}


@pytest.fixture
def office() -> Office:
    made = opened_office()
    allow(made, *ALL)
    return made


@pytest.fixture
def admin(office: Office) -> Administration:
    return office.engine.administration


def allow(office: Office, *privileges: str, **changes: Any) -> None:
    agent = Role(name="agent", privileges=(USE_CHANNEL, USE_WORKBINS))
    bot = Client(name="bot", privileges=privileges)
    office.apply(site(**{"title": "Office", "clients": {"bot": bot}, "roles": {"agent": agent}, **changes}))


def put(admin: Administration, kind: str, name: str, **values: Any) -> tuple[Any, bool]:
    return admin.put(BOT, kind, name, values, **ONCE)


def test_an_object_is_made_changed_and_taken_away_each_with_an_event(office: Office, admin: Administration) -> None:
    changed, new = put(admin, "queues", "vip", title="VIP", strategy="experts")
    assert (new, changed.changes.kinds[0].added, changed.version) == (True, ("vip",), office.site.version)
    assert office.site.queues["vip"] == Queue(name="vip", title="VIP", strategy="experts")
    changed, new = put(admin, "queues", "vip", title="Very important")
    assert (new, changed.changes.kinds[0].changed) == (False, ("vip",))
    assert put(admin, "queues", "vip", title="Very important")[0].changes.kinds == ()
    admin.delete(BOT, "queues", "vip", **ONCE)
    assert "vip" not in office.site.queues
    with office.engine.store.reading() as reader:
        applied = [event for event in reader.events.after(0, limit=100) if event.kind is EventKind.SITE_APPLIED]
    assert [event.actor for event in applied[-3:]] == ["client:bot"] * 3


def test_a_dry_run_says_what_would_change_and_changes_nothing(office: Office, admin: Administration) -> None:
    before = office.site
    changed, new = admin.put(BOT, "queues", "vip", {}, version=None, dry_run=True)
    assert (new, changed.changes.kinds[0].added) == (True, ("vip",))
    assert admin.delete(BOT, "queues", "fax-only", version=None, dry_run=True).changes.removed("queue")
    text, _ = admin.site_text(BOT)
    applied = admin.apply(BOT, text.replace("The shelf", "Shelf").encode(), version=None, dry_run=True)
    assert applied.changes.kinds[0].changed == ("shelf",)
    assert office.site == before


@pytest.mark.parametrize(
    ("kind", "name", "values", "field", "words"),
    [
        ("queues", "vip", {"strategy": "vips"}, "strategy", "strategy “vips” is not known"),
        ("queues", "vip", {"media_types": ("claim", "letter")}, "media_types/1", "media type “letter”"),
        ("roles", "chief", {"privileges": ("Can Fly",)}, "privileges/0", "privilege “Can Fly”"),
        ("persons", "dora", {"employee_id": ""}, "employee_id", "missing"),
        ("persons", "dora", {"employee_id": "ANN"}, "employee_id", "that of “ann” as well"),
        ("media-types", "a.b", {"title": "X", "singular": "X"}, "", "letters, digits"),
        ("strategies", "s", {"steps": ({"skill": "Legal>="},)}, "steps/0/skill", ""),
        ("strategies", "s", {"steps": ({"after": 5},)}, "steps/0", "a step needs"),
        ("media-types", "x", {"title": "X", "singular": "X", "lost_agent": "bin"}, "lost_agent", "must be one of"),
        ("clients", "c", {"token_hashes": ("secret",)}, "token_hashes/0", "no hash of a token"),
    ],
)
def test_what_a_site_file_could_not_say_is_refused_by_its_field(
    office: Office, admin: Administration, kind: str, name: str, values: dict[str, Any], field: str, words: str
) -> None:
    before = office.site
    with pytest.raises(BadInput) as error:
        put(admin, kind, name, **values)
    assert (error.value.field, words in str(error.value)) == (field, True), str(error.value)
    assert office.site == before


def test_what_is_referred_to_or_holds_work_cannot_be_removed(office: Office, admin: Administration) -> None:
    office.submit(queue="shelf")
    before = office.site
    for kind, name, words in (
        ("strategies", "experts", "referred to"),
        ("roles", "agent", "referred to"),
        ("queues", "shelf", "items wait in it"),
        ("media-types", "claim", "claim"),
    ):
        with pytest.raises(Refused, match=words):
            admin.delete(BOT, kind, name, **ONCE)
    for kind, name in (("queues", "ghost"), ("ghosts", "x")):
        with pytest.raises(NotFound):
            admin.delete(BOT, kind, name, **ONCE)
    assert office.site == before


def test_every_kind_of_object_is_read_page_by_page_and_no_hash_of_a_password_is_shown(
    office: Office, admin: Administration
) -> None:
    for kind, field in FIELDS.items():
        page, version = admin.objects(BOT, kind, offset=0, limit=500)
        assert (page.total, version) == (len(getattr(office.site, field)), office.site.version)
    page, _ = admin.objects(BOT, "persons", offset=1, limit=1)
    (bob,) = page.rows
    assert isinstance(bob, Person)
    assert (page.total, bob.name, bob.password) == (3, "bob", "")
    assert admin.object(BOT, "persons", "bob")[0] == bob
    assert "argon2" not in admin.site_text(BOT)[0]


def test_a_person_keeps_the_password_over_changes_of_the_person_and_of_the_site(
    office: Office, admin: Administration
) -> None:
    put(admin, "persons", "ann", employee_id="ANN", first_name="Anna", roles=("agent",))
    text, version = admin.site_text(BOT)
    admin.apply(BOT, text.replace("Anna", "Annabel").encode(), version=version, dry_run=False)
    assert office.site.persons["ann"].first_name == "Annabel"
    office.log_in("ann")


def test_a_site_file_with_the_passwords_that_there_are_changes_nobody(office: Office, admin: Administration) -> None:
    text, _ = admin.site_text(BOT)
    named = text.replace("[site]", f'[site]\ndemo-password = "{PASSWORD}"')
    assert [each.kind for each in admin.apply(BOT, named.encode(), **ONCE).changes.kinds] == ["general setting"]
    office.log_in("ann")


def test_a_site_file_with_problems_changes_nothing_and_says_all_of_them(office: Office, admin: Administration) -> None:
    before, (text, _) = office.site, admin.site_text(BOT)
    bad = text.replace('strategy = "experts"', 'strategy = "expats"')
    with pytest.raises(BadInput) as error:
        admin.apply(BOT, bad.encode(), **ONCE)
    assert str(error.value).count("strategy “expats” is not known; did you mean “experts”?") == 2
    assert office.site == before


def test_a_change_of_another_version_is_refused(office: Office, admin: Administration) -> None:
    version = office.site.version
    text, _ = admin.site_text(BOT)
    admin.put(BOT, "queues", "vip", {}, version=version, dry_run=False)
    calls: list[Callable[[], object]] = [
        lambda: admin.put(BOT, "queues", "vap", {}, version=version, dry_run=False),
        lambda: admin.delete(BOT, "queues", "vip", version=version, dry_run=False),
        lambda: admin.apply(BOT, text.encode(), version=version, dry_run=False),
    ]
    for call in calls:
        with pytest.raises(Stale, match=f"its version is {version + 1}, not {version}"):
            call()
    assert "vip" in office.site.queues


def test_a_session_that_is_ended_leaves_its_items_where_the_policy_says(office: Office, admin: Administration) -> None:
    ann = office.log_in("ann")
    item = office.take(ann)
    (row,) = admin.sessions(BOT, offset=0, limit=10).rows
    assert (row.session.person, row.full_name) == ("ann", "Ann")
    admin.end_session(BOT, "ann")
    assert office.item(item.id).workbin == "in-progress"
    with pytest.raises(SessionEnded):
        ann.items.open_items()
    with office.engine.store.reading() as reader:
        last = reader.events.after(reader.events.last() - 1, limit=1)[0]
    assert (last.kind, last.actor, last.person) == (EventKind.AGENT_LOST, "client:bot", "ann")
    with pytest.raises(NotFound):
        admin.end_session(BOT, "ann")


def test_a_password_that_is_reset_ends_the_session_and_the_old_one_is_good_for_nothing(
    office: Office, admin: Administration
) -> None:
    ann = office.log_in("ann")
    admin.reset_password(BOT, "ann", "a new one")
    with pytest.raises(SessionEnded):
        ann.items.open_items()
    with pytest.raises(LoginFailed):
        office.engine.backend.authenticate("ann", PASSWORD)
    office.advance(5)
    assert office.engine.backend.authenticate("ann", "a new one").person == "ann"
    with pytest.raises(NotFound):
        admin.reset_password(BOT, "ghost", "a new one")


def test_nobody_resets_the_password_of_who_may_administer_more(office: Office, admin: Administration) -> None:
    chief = Role(name="chief", privileges=(ADMIN_CHANGE,))
    persons = {**site().persons, "ann": replace(site().persons["ann"], roles=("chief",))}
    agent = Role(name="agent", privileges=(USE_CHANNEL,))
    allow(office, ADMIN_PASSWORDS, persons=persons, roles={"agent": agent, "chief": chief})
    with pytest.raises(NotAllowed, match="may do more than you") as error:
        admin.reset_password(BOT, "ann", "a new one")
    assert error.value.privilege == ADMIN_CHANGE
    admin.reset_password(BOT, "bob", "a new one")


CALLS: dict[str, tuple[str, Callable[[Administration], object]]] = {
    "objects": (ADMIN_READ, lambda admin: admin.objects(BOT, "queues", offset=0, limit=1)),
    "object": (ADMIN_READ, lambda admin: admin.object(BOT, "queues", "shelf")),
    "site_text": (ADMIN_READ, lambda admin: admin.site_text(BOT)),
    "put": (ADMIN_CHANGE, lambda admin: put(admin, "queues", "vip")),
    "dry put": (ADMIN_CHANGE, lambda admin: admin.put(BOT, "queues", "vip", {}, version=None, dry_run=True)),
    "delete": (ADMIN_CHANGE, lambda admin: admin.delete(BOT, "queues", "fax-only", **ONCE)),
    "apply": (ADMIN_CHANGE, lambda admin: admin.apply(BOT, b"[site]\ntitle = 'x'", **ONCE)),
    "sessions": (ADMIN_SESSIONS, lambda admin: admin.sessions(BOT, offset=0, limit=1)),
    "end_session": (ADMIN_SESSIONS, lambda admin: admin.end_session(BOT, "ann")),
    "reset_password": (ADMIN_PASSWORDS, lambda admin: admin.reset_password(BOT, "ann", "a new one")),
}


@pytest.mark.parametrize("name", CALLS)
def test_each_call_needs_its_privilege(office: Office, admin: Administration, name: str) -> None:
    privilege, call = CALLS[name]
    allow(office, *(each for each in ALL if each != privilege))
    office.log_in("ann")
    before = office.site
    with pytest.raises(NotAllowed) as error:
        call(admin)
    assert (error.value.privilege, office.site) == (privilege, before)
    assert {each for each in vars(Administration) if not each.startswith("_")} <= set(CALLS)
