"""Administration over HTTP: objects of the site, the site as a file, sessions and passwords."""

from collections.abc import Iterator
from typing import Annotated, Any, Final
from urllib.parse import quote

from msgspec import UNSET, Meta

from workloom.domain.errors import BadInput
from workloom.domain.privileges import ADMIN_CHANGE, ADMIN_PASSWORDS, ADMIN_READ, ADMIN_SESSIONS
from workloom.server.http_api.administration_types import (
    ChangedBody,
    ObjectPage,
    PasswordBody,
    SessionPage,
    SiteBody,
    SiteText,
    changed_body,
    session_body,
)
from workloom.server.http_api.fields import Name
from workloom.server.http_api.operations import (
    BASE,
    IF_MATCH,
    ITEM_TAG,
    LIMIT,
    OFFSET,
    Call,
    Operation,
    Parameter,
    Reply,
)
from workloom.server.http_api.site_types import AnyObject, Kind, kind_of, object_body, values_of
from workloom.services.administration import Administration

TAG: Final = "Administration"
_SITE_BYTES: Final = 16 * 1024 * 1024

_KIND: Final = Parameter(name="kind", place="path", type=Kind, description="The name of a table of a site file.")
_NAME: Final = Parameter(name="name", place="path", type=Name, description="The name of the object, percent-encoded.")
_PERSON: Final = Parameter(name="person", place="path", type=Name, description="A user name.")
_DRY: Final = Parameter(
    name="dry_run", place="query", type=bool, description="Say what would change, and change nothing.", default=False
)
_VERSION: Final = Parameter(
    name=IF_MATCH.name,
    place="header",
    type=Annotated[str, Meta(pattern='^"?[0-9]{1,15}"?$')],
    description="The entity tag of the site as it was read. With another one by now the request is refused with 412.",
)
_TAG_HEADER: Final = {ITEM_TAG: "The version of the site."}


class AdministrationApi:
    """The operations of administration."""

    def __init__(self, administration: Administration) -> None:
        self._administration = administration

    def operations(self) -> Iterator[Operation]:
        """All of them."""
        yield from self._of_objects()
        yield from self._of_the_site()
        yield from self._of_people()

    def _of_objects(self) -> Iterator[Operation]:
        one = "/administration/objects/{kind}/{name}"
        yield Operation(
            id="list-objects",
            method="GET",
            path="/administration/objects/{kind}",
            summary="Objects of one kind.",
            tag=TAG,
            handle=self._objects,
            privilege=ADMIN_READ,
            results={200: ObjectPage},
            parameters=(_KIND, OFFSET, LIMIT),
            headers=_TAG_HEADER,
        )
        yield Operation(
            id="get-object",
            method="GET",
            path=one,
            summary="One object.",
            tag=TAG,
            handle=self._object,
            privilege=ADMIN_READ,
            results={200: AnyObject},
            parameters=(_KIND, _NAME),
            headers=_TAG_HEADER,
        )
        yield Operation(
            id="put-object",
            method="PUT",
            path=one,
            summary="Make an object, or replace it. It is checked by the rules of a site file.",
            tag=TAG,
            handle=self._put,
            privilege=ADMIN_CHANGE,
            body=AnyObject,
            results={200: ChangedBody, 201: ChangedBody},
            parameters=(_KIND, _NAME, _VERSION, _DRY),
            headers=_TAG_HEADER,
        )
        yield Operation(
            id="delete-object",
            method="DELETE",
            path=one,
            summary="Take an object away. Refused while something refers to it, or while it holds work.",
            tag=TAG,
            handle=self._delete,
            privilege=ADMIN_CHANGE,
            results={200: ChangedBody},
            parameters=(_KIND, _NAME, _VERSION, _DRY),
            headers=_TAG_HEADER,
        )

    def _of_the_site(self) -> Iterator[Operation]:
        yield Operation(
            id="get-site",
            method="GET",
            path="/administration/site",
            summary="The site in force as a site file.",
            tag=TAG,
            handle=self._site,
            privilege=ADMIN_READ,
            results={200: SiteText},
            headers=_TAG_HEADER,
        )
        yield Operation(
            id="apply-site",
            method="PUT",
            path="/administration/site",
            summary="Put a site file in the place of the site, all or nothing.",
            tag=TAG,
            handle=self._apply,
            privilege=ADMIN_CHANGE,
            body=SiteBody,
            results={200: ChangedBody},
            parameters=(_VERSION, _DRY),
            headers=_TAG_HEADER,
            limit=_SITE_BYTES,
        )

    def _of_people(self) -> Iterator[Operation]:
        yield Operation(
            id="list-sessions",
            method="GET",
            path="/administration/sessions",
            summary="Who is logged in.",
            tag=TAG,
            handle=self._sessions,
            privilege=ADMIN_SESSIONS,
            results={200: SessionPage},
            parameters=(OFFSET, LIMIT),
        )
        yield Operation(
            id="end-session",
            method="DELETE",
            path="/administration/sessions/{person}",
            summary="Log somebody out. Open items go where the policy for lost agents says.",
            tag=TAG,
            handle=self._end_session,
            privilege=ADMIN_SESSIONS,
            results={204: None},
            parameters=(_PERSON,),
        )
        yield Operation(
            id="reset-password",
            method="PUT",
            path="/administration/persons/{person}/password",
            summary="Give somebody another password, and end the session begun with the former one.",
            tag=TAG,
            handle=self._reset_password,
            privilege=ADMIN_PASSWORDS,
            body=PasswordBody,
            results={204: None},
            parameters=(_PERSON,),
        )

    def _objects(self, call: Call) -> Reply:
        kind = call["kind"]
        page, version = self._administration.objects(call.who, kind, offset=call["offset"], limit=call["limit"])
        rows = [object_body(kind, each) for each in page.rows]
        body = {"offset": page.offset, "total": page.total, "version": version, "rows": rows}
        return Reply(body=body, headers=_tag(version))

    def _object(self, call: Call) -> Reply:
        found, version = self._administration.object(call.who, call["kind"], call["name"])
        return Reply(body=object_body(call["kind"], found), headers=_tag(version))

    def _put(self, call: Call) -> Reply:
        kind, name = call["kind"], call["name"]
        if kind_of(call.body) != kind:
            raise BadInput(f"The address is one of {kind}, the body of {kind_of(call.body)}.", field="kind")
        if call.body.name is not UNSET and call.body.name != name:
            raise BadInput(
                "The name is another one in the address. Make a new object and delete this one.", field="name"
            )
        changed, new = self._administration.put(
            call.who, kind, name, values_of(call.body), version=_expected(call), dry_run=call["dry_run"]
        )
        headers = _tag(changed.version)
        if new and not call["dry_run"]:
            place = f"{BASE}/administration/objects/{kind}/{quote(name, safe='')}"
            return Reply(body=changed_body(changed), status=201, headers={**headers, "Location": place})
        return Reply(body=changed_body(changed), headers=headers)

    def _delete(self, call: Call) -> Reply:
        changed = self._administration.delete(
            call.who, call["kind"], call["name"], version=_expected(call), dry_run=call["dry_run"]
        )
        return Reply(body=changed_body(changed), headers=_tag(changed.version))

    def _site(self, call: Call) -> Reply:
        text, version = self._administration.site_text(call.who)
        return Reply(body=SiteText(version=version, toml=text), headers=_tag(version))

    def _apply(self, call: Call) -> Reply:
        raw = call.body.toml.encode()
        changed = self._administration.apply(call.who, raw, version=_expected(call), dry_run=call["dry_run"])
        return Reply(body=changed_body(changed), headers=_tag(changed.version))

    def _sessions(self, call: Call) -> Reply:
        page = self._administration.sessions(call.who, offset=call["offset"], limit=call["limit"])
        rows = [session_body(each) for each in page.rows]
        return Reply(body=SessionPage(offset=page.offset, total=page.total, rows=rows))

    def _end_session(self, call: Call) -> Reply:
        self._administration.end_session(call.who, call["person"])
        return Reply(status=204)

    def _reset_password(self, call: Call) -> Reply:
        self._administration.reset_password(call.who, call["person"], call.body.password)
        return Reply(status=204)


def _tag(version: int) -> dict[str, str]:
    return {ITEM_TAG: f'"{version}"'}


def _expected(call: Call) -> int | None:
    tag: Any = call[_VERSION.key]
    return int(tag.strip('"')) if tag else None
