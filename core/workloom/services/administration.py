"""Administration of the site in force: its objects one by one, all of it as a site file, sessions, passwords.

Each change is one transaction, leaves an event with who made it, and is checked as a whole site file would be.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from msgspec import Struct, structs

from workloom.domain.authority import effective_privileges
from workloom.domain.errors import BadInput, NotFound, Refused, Stale
from workloom.domain.pages import Page
from workloom.domain.presence import Session
from workloom.domain.privileges import ADMIN_CHANGE, ADMIN_PASSWORDS, ADMIN_READ, ADMIN_SESSIONS
from workloom.domain.site import Person, Site
from workloom.services.configuration import Configuration
from workloom.services.leaving import lose_session
from workloom.services.ports import Reader, Store, Transaction
from workloom.services.ports_outside import Clock, PasswordHasher
from workloom.services.principals import Principal, Principals, Who
from workloom.services.site_changes import SiteChanges
from workloom.services.site_documents import KINDS
from workloom.services.site_files.checking import as_in_a_file, check_site
from workloom.services.site_files.reading import read_site
from workloom.services.site_files.table import Problem
from workloom.services.site_files.writing import write_site

SHORTEST_PASSWORD: Final = 8
_ADMINISTRATION: Final = "Administration - "

FIELDS: Final[Mapping[str, str]] = {field.replace("_", "-"): field for field, _ in KINDS.values()}
"""Kinds of object by the names of their tables in a site file, and where a `Site` has them."""


class Changed(Struct, frozen=True, kw_only=True):
    """What has changed, or would; the version of the site then; and what is odd in it all the same."""

    changes: SiteChanges
    version: int
    warnings: tuple[Problem, ...] = ()


class LoggedInPerson(Struct, frozen=True, kw_only=True):
    """A session with the name of its person."""

    session: Session
    full_name: str


class Administration:
    """For whoever holds privileges of administration."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        hasher: PasswordHasher,
        configuration: Configuration,
        principals: Principals,
        privileges: Callable[[], Collection[str]],
    ) -> None:
        self._store = store
        self._clock = clock
        self._hasher = hasher
        self._configuration = configuration
        self._principals = principals
        self._privileges = privileges

    def objects(self, who: Who, kind: str, *, offset: int, limit: int) -> tuple[Page[Struct], int]:
        """Objects of a kind in the order of the site, and the version of the site. NotFound for no such kind."""
        with self._store.reading() as reader:
            site = self._may(reader, who, ADMIN_READ, "read the configuration").site
        found = tuple(getattr(site, field_of(kind)).values())
        rows = tuple(_shown(each) for each in found[offset : offset + limit])
        return Page(offset=offset, total=len(found), rows=rows), site.version

    def object(self, who: Who, kind: str, name: str) -> tuple[Struct, int]:
        """One object, and the version of the site. NotFound. The hash of a password is never shown."""
        with self._store.reading() as reader:
            site = self._may(reader, who, ADMIN_READ, "read the configuration").site
        return _shown(_object(site, kind, name)), site.version

    def put(
        self, who: Who, kind: str, name: str, values: Mapping[str, Any], *, version: int | None, dry_run: bool
    ) -> tuple[Changed, bool]:
        """Make or replace an object: what has changed, and whether it is new. `values` are its fields without the name.

        A person's password stays. BadInput with the field for what a site file could not say either, Refused for what
        still holds work, Stale when the site has another `version` by now.
        """
        field, warnings, new = field_of(kind), list[Problem](), list[bool]()

        def change(_reader: Reader, site: Site) -> Site:
            self._check_version(site, version)
            before = getattr(site, field)
            former = before.get(name)
            made = as_in_a_file(kind, name, values)
            if isinstance(made, Person):
                made = structs.replace(made, password=former.password if former else "")
            after = structs.replace(site, **{field: {**before, name: made}})
            warnings[:] = self._checked(after, site, (kind, name))
            new[:] = [former is None]
            return after

        changed = self._edit(who, change, dry_run=dry_run)
        return structs.replace(changed, warnings=tuple(warnings)), new[0]

    def delete(self, who: Who, kind: str, name: str, *, version: int | None, dry_run: bool) -> Changed:
        """Take an object away. NotFound; Refused while something refers to it or it holds work; Stale."""
        field = field_of(kind)

        def change(_reader: Reader, site: Site) -> Site:
            self._check_version(site, version)
            _object(site, kind, name)
            rest = {key: value for key, value in getattr(site, field).items() if key != name}
            after = structs.replace(site, **{field: rest})
            try:
                self._checked(after, site, (kind, name))
            except BadInput as error:
                raise Refused(f"“{name}” cannot be removed, for it is referred to. {error.message}") from error
            return after

        return self._edit(who, change, dry_run=dry_run)

    def site_text(self, who: Who) -> tuple[str, int]:
        """The site as a site file without hashes of passwords, and its version."""
        with self._store.reading() as reader:
            site = self._may(reader, who, ADMIN_READ, "read the configuration").site
        persons = {name: structs.replace(person, password="") for name, person in site.persons.items()}
        return write_site(structs.replace(site, persons=persons)), site.version

    def apply(self, who: Who, raw: bytes, *, version: int | None, dry_run: bool) -> Changed:
        """Put a site file in the place of the site. Who has no password in it keeps the present one.

        BadInput lists all that is wrong with it, one problem a line; Refused, Stale as of `put`.
        """
        with self._store.reading() as reader:
            present = self._may(reader, who, ADMIN_CHANGE, "change the configuration").site
        file = read_site(raw, self._configuration.catalogue, self._privileges())
        if file.errors:
            raise BadInput("\n".join(problem.at("site") for problem in file.errors))
        hashed = self._configuration.with_hashes(file.site, present, file.passwords)  # slow: outside the writing

        def change(_reader: Reader, site: Site) -> Site:
            self._check_version(site, version)
            return _with_present_passwords(hashed, site)

        changed = self._edit(who, change, dry_run=dry_run)
        return structs.replace(changed, warnings=tuple(each for each in file.problems if each.warning))

    def sessions(self, who: Who, *, offset: int, limit: int) -> Page[LoggedInPerson]:
        """Who is logged in, by user name."""
        with self._store.reading() as reader:
            site = self._may(reader, who, ADMIN_SESSIONS, "see sessions").site
            found = reader.sessions.all()
        rows = tuple(
            LoggedInPerson(
                session=each, full_name=site.persons[each.person].full_name if each.person in site.persons else ""
            )
            for each in found[offset : offset + limit]
        )
        return Page(offset=offset, total=len(found), rows=rows)

    def end_session(self, who: Who, person: str) -> None:
        """Log a person out; open items go where the policy for lost agents says. NotFound if there is no session."""
        with self._store.transaction() as transaction:
            principal = self._may(transaction, who, ADMIN_SESSIONS, "end sessions")
            if not self._log_out(transaction, principal.site, person, principal.actor):
                raise NotFound(f"“{person}” is not logged in.")

    def reset_password(self, who: Who, person: str, password: str) -> None:
        """Give a person another password, and end the session that was begun with the former one. NotFound.

        NotAllowed for a person who may administer what the caller may not: the password would give that away.
        """
        hashed = self._hasher.hash(password)  # slow on purpose: outside the writing

        def change(reader: Reader, site: Site) -> Site:
            principal = self._may(reader, who, ADMIN_PASSWORDS, "reset passwords")
            found = _object(site, "persons", person)
            for privilege in sorted(effective_privileges(site, person)):
                if privilege.startswith(_ADMINISTRATION):
                    principal.need(privilege, f"reset the password of {person}, who may do more than you")
            return structs.replace(site, persons={**site.persons, person: structs.replace(found, password=hashed)})

        def also(transaction: Transaction, site: Site) -> None:
            self._log_out(transaction, site, person, self._principals.of(transaction, who).actor)

        self._configuration.edit(change, actor=self._actor(who), also=also)

    def _edit(self, who: Who, change: Callable[[Reader, Site], Site], *, dry_run: bool) -> Changed:
        def allowed(reader: Reader, site: Site) -> Site:
            self._may(reader, who, ADMIN_CHANGE, "change the configuration")
            return change(reader, site)

        site, changes = self._configuration.edit(allowed, actor=self._actor(who), dry_run=dry_run)
        return Changed(changes=changes, version=site.version)

    def _actor(self, who: Who) -> str:
        with self._store.reading() as reader:
            return self._principals.of(reader, who).actor

    def _may(self, reader: Reader, who: Who, privilege: str, what: str) -> Principal:
        principal = self._principals.of(reader, who)
        principal.need(privilege, what)
        return principal

    def _checked(self, site: Site, before: Site, path: tuple[str, str]) -> tuple[Problem, ...]:
        return check_site(site, self._configuration.catalogue, self._privileges(), before=before, only=path)

    def _check_version(self, site: Site, version: int | None) -> None:
        if version is not None and version != site.version:
            raise Stale(f"The site has changed: its version is {site.version}, not {version}. Read it again.")

    def _log_out(self, transaction: Transaction, site: Site, person: str, actor: str) -> bool:
        """Whether there was a session. The tokens of the person go with it."""
        session = transaction.sessions.ending(person)
        transaction.tokens.delete_of_person(person)
        if session is not None:
            now = self._clock.now()
            lose_session(transaction, site, self._configuration.catalogue, session, now, actor=actor)
        return session is not None


def field_of(kind: str) -> str:
    """Where a `Site` has the objects of a kind. NotFound names the kinds."""
    if kind not in FIELDS:
        raise NotFound(f"There is no kind “{kind}”. There are {', '.join(FIELDS)}.")
    return FIELDS[kind]


def _object(site: Site, kind: str, name: str) -> Any:
    found = getattr(site, field_of(kind)).get(name)
    if found is None:
        raise NotFound(f"The site has no “{name}” among its {kind}.")
    return found


def _shown(value: Struct) -> Struct:
    return structs.replace(value, password="") if isinstance(value, Person) else value


def _with_present_passwords(new: Site, site: Site) -> Site:
    """The new site, in which whoever has no password keeps the present one."""
    persons = {
        name: person
        if person.password or name not in site.persons
        else structs.replace(person, password=site.persons[name].password)
        for name, person in new.persons.items()
    }
    return structs.replace(new, persons=persons)
