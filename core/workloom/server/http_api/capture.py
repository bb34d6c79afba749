"""Capture points over HTTP: messages one by one, many in one call, as CloudEvents; reading an item; ping."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Final, Literal
from urllib.parse import quote

from msgspec import UNSET
from msgspec.structs import replace

from workloom.domain.capture_messages import Count, Said, Verb
from workloom.domain.errors import BadInput
from workloom.domain.privileges import CAPTURE_READ, CAPTURE_SEND
from workloom.server.http_api.capture_types import (
    BulkAnswer,
    BulkBody,
    BulkMessage,
    BulkResult,
    CloudEvent,
    Content,
    CreateBody,
    Item,
    MessageBody,
    Pong,
    PutBody,
    Taken,
    item_body,
    taken,
)
from workloom.server.http_api.fields import Name, attached_of, check_name, token, utc
from workloom.server.http_api.operations import BASE, IF_MATCH, ITEM_TAG, KEY, Call, Handle, Operation, Parameter, Reply
from workloom.server.http_api.reading import Unfit
from workloom.server.http_api.routes import pointer_to, status_for
from workloom.services.sent_messages import Address, Answer, Failure, Sent, SentMessages
from workloom.wire import problem_of

TAG: Final = "Capture"
BULK_BYTES: Final = 16 * 1024 * 1024
CLOUD_EVENT: Final = "application/cloudevents+json"

_POINT: Final = Parameter(name="point", place="path", type=Name, description="A capture point of the site.")
_ID: Final = Parameter(
    name="id",
    place="path",
    type=Name,
    description="The source's capture id of the item, percent-encoded; with `by=interaction-id` the interaction id.",
)
_BY: Final = Parameter(
    name="by",
    place="query",
    type=Literal["capture-id", "interaction-id"],
    description="Which id the path names.",
    default="capture-id",
)
_FIELDS: Final = frozenset(Content.__struct_fields__) - {"attached", "contact"} | {"media_type", "queue"}
_SAYS: Final = {
    Verb.HOLD: "Hold the item: it is not routed until it is resumed.",
    Verb.RESUME: "End the hold of the item.",
    Verb.COMPLETE: "Finish the item as completed; whoever has it loses it with a notice.",
    Verb.CANCEL: "Finish the item as canceled; whoever has it loses it with a notice.",
    Verb.RESTART: "Bring a finished item back into its queue.",
}
_TAG_HEADER: Final = {ITEM_TAG: "The fence of the item."}
_AT_ITEM: Final = {"point": "$request.path.point", "id": "$response.body#/item/capture_id"}


class CaptureApi:
    """The operations of capture points."""

    def __init__(self, messages: SentMessages) -> None:
        self._messages = messages

    def operations(self) -> Iterator[Operation]:
        """All of them."""
        yield from self._of_points()
        yield self._one(
            "get-item",
            "GET",
            "",
            "Read an item of the source.",
            self._get,
            privilege=CAPTURE_READ,
            results={200: Item},
            parameters=(_POINT, _ID, _BY),
        )
        yield self._one(
            "put-item",
            "PUT",
            "",
            "Create the item, or say what is new of it.",
            self._put,
            body=PutBody,
            results={200: Taken, 201: Taken},
            parameters=(_POINT, _ID, IF_MATCH, KEY),
        )
        yield self._one("update-item", "PATCH", "", "Say what is new of an item.", self._message(Verb.UPDATE))
        for verb, says in _SAYS.items():
            yield self._one(
                f"{verb.value}-item", "POST", f"/{verb.value}", says, self._message(verb), body_needed=False
            )

    def _of_points(self) -> Iterator[Operation]:
        point = "/capture/{point}"
        yield Operation(
            id="ping",
            method="GET",
            path=f"{point}/ping",
            summary="Whether the capture point can be used.",
            tag=TAG,
            handle=self._ping,
            results={200: Pong},
            parameters=(_POINT,),
        )
        follow = dict.fromkeys(("get-item", "put-item", "update-item", "hold-item", "complete-item"), _AT_ITEM)
        yield Operation(
            id="create-item",
            method="POST",
            path=f"{point}/items",
            summary="Create an item. Of one that there is already nothing changes: it is the answer, with 200.",
            tag=TAG,
            handle=self._create,
            privilege=CAPTURE_SEND,
            body=CreateBody,
            results={200: Taken, 201: Taken},
            parameters=(_POINT, KEY),
            headers=_TAG_HEADER,
            links=follow,
        )
        yield Operation(
            id="send-messages",
            method="POST",
            path=f"{point}/bulk",
            summary="Send many messages, each with a result of its own. They are written in batches, all or nothing.",
            tag=TAG,
            handle=self._bulk,
            privilege=CAPTURE_SEND,
            body=BulkBody,
            results={200: BulkAnswer},
            parameters=(_POINT,),
            limit=BULK_BYTES,
        )
        yield Operation(
            id="send-event",
            method="POST",
            path=f"{point}/events",
            summary="Send a message as a CloudEvent.",
            tag=TAG,
            handle=self._event,
            privilege=CAPTURE_SEND,
            body=CloudEvent,
            media_type=CLOUD_EVENT,
            results={200: Taken, 201: Taken},
            parameters=(_POINT,),
            headers=_TAG_HEADER,
        )

    def _one(self, id: str, method: str, below: str, summary: str, handle: Handle, **more: object) -> Operation:  # noqa: A002
        values: dict[str, object] = {
            "privilege": CAPTURE_SEND,
            "body": None if method == "GET" else MessageBody,
            "results": {200: Taken},
            "parameters": (_POINT, _ID, _BY, IF_MATCH, KEY),
            "headers": _TAG_HEADER,
            **more,
        }
        path = f"/capture/{{point}}/items/{{id}}{below}"
        return Operation(id=id, method=method, path=path, summary=summary, tag=TAG, handle=handle, **values)  # type: ignore[arg-type]

    def _ping(self, call: Call) -> Reply:
        pong = self._messages.ping(call.who, call["point"])
        return Reply(body=Pong(**{name: getattr(pong, name) for name in Pong.__struct_fields__}))

    def _get(self, call: Call) -> Reply:
        item, capture_id = self._messages.get(call.who, call["point"], _address(call))
        return Reply(body=item_body(item, capture_id), headers={ITEM_TAG: f'"{item.fence}"'})

    def _create(self, call: Call) -> Reply:
        check_name(call.body.capture_id, "/capture_id")
        return self._send(call, _sent(call, Verb.CREATE, Address(capture_id=call.body.capture_id)))

    def _put(self, call: Call) -> Reply:
        sent = _sent(call, Verb.UPDATE, Address(capture_id=call["id"]))
        return self._send(call, replace(sent, upsert=True))

    def _message(self, verb: Verb) -> Handle:
        def handle(call: Call) -> Reply:
            return self._send(call, _sent(call, verb, _address(call)))

        return handle

    def _event(self, call: Call) -> Reply:
        event: CloudEvent = call.body
        check_name(event.subject, "/subject")
        revision = event.data.revision or f"{event.source}#{event.id}"
        sent = Sent(
            verb=Verb(event.type.value.rpartition(".")[2]),
            address=Address(capture_id=event.subject),
            revision=revision,
            said=said_of(event.data, "/data"),
        )
        try:
            return self._send(call, sent)
        except BadInput as error:
            raise BadInput(error.message, field=f"/data{pointer_to(error.field)}") from error

    def _send(self, call: Call, sent: Sent) -> Reply:
        answer = self._messages.send(call.who, call["point"], sent)
        headers = {ITEM_TAG: f'"{answer.item.fence}"'}
        if answer.result is Count.CREATED:
            point, item = quote(call["point"], safe=""), quote(answer.capture_id, safe="")
            headers["Location"] = f"{BASE}/capture/{point}/items/{item}"
        return Reply(body=taken(answer), status=201 if answer.result is Count.CREATED else 200, headers=headers)

    def _bulk(self, call: Call) -> Reply:
        body: BulkBody = call.body
        messages = [_of_bulk(message, f"/messages/{index}") for index, message in enumerate(body.messages)]
        answers = self._messages.send_all(call.who, call["point"], messages)
        results = [_result(index, answer) for index, answer in enumerate(answers)]
        kinds = Counter(result.problem is None for result in results)
        return Reply(body=BulkAnswer(taken=kinds[True], failed=kinds[False], results=results))


def _address(call: Call) -> Address:
    return Address(item=call["id"]) if call["by"] == "interaction-id" else Address(capture_id=call["id"])


def _sent(call: Call, verb: Verb, address: Address) -> Sent:
    """A single message with its revision, its content and the fence that it expects."""
    body: MessageBody = call.body
    key, tag = call.values.get(KEY.key), call.values.get(IF_MATCH.key)
    return Sent(
        verb=verb,
        address=address,
        revision=body.revision or (f"key {key}" if key else ""),
        key=key or "",
        said=said_of(body, ""),
        fence=int(tag.strip('"')) if tag else None,
    )


def _of_bulk(message: BulkMessage, pointer: str) -> Sent:
    named = {"capture_id": message.capture_id, "interaction_id": message.interaction_id}
    given = {name: value for name, value in named.items() if value is not UNSET}
    if len(given) != 1:
        raise BadInput("Name the item by capture_id or by interaction_id, one of them.", field=pointer)
    for name, value in given.items():
        check_name(str(value), f"{pointer}/{name}")
    address = Address(capture_id=str(given.get("capture_id", "")), item=str(given.get("interaction_id", "")))
    fence = None if message.fence is UNSET else message.fence
    said = said_of(message, pointer)
    return Sent(verb=message.verb, address=address, revision=message.revision, said=said, fence=fence)


def said_of(content: Content, pointer: str) -> Said:
    """What a body says of its item. Unfit for what a schema can say and msgspec does not check."""
    fields = {
        name: _field(value, f"{pointer}/{name}")
        for name in sorted(_FIELDS)
        if (value := getattr(content, name, UNSET)) is not UNSET
    }
    contact = content.contact
    try:
        attached = attached_of(content.attached, f"{pointer}/attached")
        if contact is not None:
            check_name(contact.key, f"{pointer}/contact/key")
            for name in contact.attributes:
                check_name(name, f"{pointer}/contact/attributes/{token(name)}")
    except BadInput as error:
        raise Unfit(error.message, field=error.field) from error
    return Said(
        fields=fields,
        attached=attached,
        contact_key=contact.key if contact else "",
        contact=contact.attributes if contact else {},
    )


def _field(value: object, pointer: str) -> str | int | None:
    if isinstance(value, datetime):
        return utc(value, pointer).isoformat()
    return value if isinstance(value, str | int) else None


def _result(index: int, answer: Answer | Failure) -> BulkResult:
    if isinstance(answer, Failure):
        error = answer.error
        field = f"/messages/{index}{pointer_to(error.field)}" if isinstance(error, BadInput) else ""
        problem = problem_of(error, status=status_for(error, matched=True), field=field)
        return BulkResult(index=index, status=problem.status, problem=problem)
    return BulkResult(
        index=index,
        status=201 if answer.result is Count.CREATED else 200,
        result=answer.result,
        reason=answer.reason,
        interaction_id=answer.item.id,
        state=answer.item.state,
        fence=answer.item.fence,
    )
