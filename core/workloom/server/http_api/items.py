"""The task list over HTTP: items wherever they are, for supervisors and the programs that help them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal

from msgspec import UNSET

from workloom.domain.commands import (
    Cancel,
    Complete,
    Hold,
    ManagementCommand,
    PlaceInQueue,
    Restart,
    Resume,
    SetProperties,
)
from workloom.domain.errors import BadInput
from workloom.domain.interaction import Interaction
from workloom.domain.pages import HistoryStatus, Sort
from workloom.domain.privileges import (
    MANAGEMENT_CASE_EDIT,
    MANAGEMENT_FINISH,
    MANAGEMENT_RESTART,
    MANAGEMENT_TO_QUEUE,
    MANAGEMENT_USE,
)
from workloom.server.http_api.administration_types import (
    HistoryBody,
    HoldBody,
    ItemPage,
    ManagedBody,
    ManyAnswer,
    ManyBody,
    ModifyBody,
    MoveBody,
    NoBody,
    history_body,
    managed_body,
    many_result,
)
from workloom.server.http_api.fields import Line, Name, attached_of, utc
from workloom.server.http_api.operations import (
    IF_MATCH,
    ITEM_TAG,
    KEY,
    LIMIT,
    OFFSET,
    Call,
    Operation,
    Parameter,
    Reply,
)
from workloom.server.http_api.reading import Unfit
from workloom.services.managed_items import ItemList, ManagedItems

TAG: Final = "Items"

_ITEM: Final = Parameter(name="item", place="path", type=Name, description="An interaction id.")
_NUMBER: Final = Parameter(
    name="number", place="query", type=Name, description="Only items with this interaction id, capture id or number."
)
_TEXT: Final = Parameter(
    name="text",
    place="query",
    type=Line,
    description="Each word begins a word of subject, number, notes or contact name.",
    default="",
)
_STATUS: Final = Parameter(
    name="status", place="query", type=Literal["all", "in-progress", "done"], description="Which.", default="all"
)
_SORT: Final = Parameter(
    name="sort",
    place="query",
    type=Literal["received", "placed", "from", "subject", "number", "due", "priority", "completed"],
    description="By what.",
    default="received",
)
_DESCENDING: Final = Parameter(name="descending", place="query", type=bool, description="The last first.", default=True)
_TAG_HEADER: Final = {ITEM_TAG: "The fence of the item."}
_OPERATIONS: Final[Mapping[str, tuple[type, str, str]]] = {
    "hold": (HoldBody, MANAGEMENT_USE, "Hold a resting item: it is not routed."),
    "resume": (NoBody, MANAGEMENT_USE, "End the hold of an item."),
    "complete": (NoBody, MANAGEMENT_FINISH, "Finish an item as completed, wherever it is."),
    "cancel": (NoBody, MANAGEMENT_FINISH, "Finish an item as canceled, wherever it is."),
    "restart": (NoBody, MANAGEMENT_RESTART, "Bring a finished item back into its queue."),
    "move": (MoveBody, MANAGEMENT_TO_QUEUE, "Let a resting item wait in another queue."),
    "modify": (ModifyBody, MANAGEMENT_CASE_EDIT, "Change case data of a resting item."),
}

_BELONGS: Final = {"until": "hold", "queue": "move", "attached": "modify"}


class ItemsApi:
    """The operations on items."""

    def __init__(self, items: ManagedItems) -> None:
        self._items = items

    def operations(self) -> Iterator[Operation]:
        """All of them."""
        items, one = "/administration/items", "/administration/items/{item}"
        yield Operation(
            id="list-items",
            method="GET",
            path=items,
            summary="Find items by number, or page through those that fit.",
            tag=TAG,
            handle=self._list,
            privilege=MANAGEMENT_USE,
            results={200: ItemPage},
            parameters=(_NUMBER, _TEXT, _STATUS, _SORT, _DESCENDING, OFFSET, LIMIT),
        )
        yield Operation(
            id="manage-items",
            method="POST",
            path=f"{items}/bulk",
            summary="Do the same with many items, each with a result of its own. They are written in batches.",
            tag=TAG,
            handle=self._many,
            privilege=MANAGEMENT_USE,
            description="Each operation needs its own privilege as well.",
            body=ManyBody,
            results={200: ManyAnswer},
        )
        yield Operation(
            id="read-item",
            method="GET",
            path=one,
            summary="One item, with where it is.",
            tag=TAG,
            handle=self._get,
            privilege=MANAGEMENT_USE,
            results={200: ManagedBody},
            parameters=(_ITEM,),
            headers=_TAG_HEADER,
        )
        yield Operation(
            id="read-history",
            method="GET",
            path=f"{one}/history",
            summary="What has happened to an item, and what colleagues have noted.",
            tag=TAG,
            handle=self._history,
            privilege=MANAGEMENT_USE,
            results={200: HistoryBody},
            parameters=(_ITEM,),
        )
        for name, (body, privilege, summary) in _OPERATIONS.items():
            yield Operation(
                id=f"manage-{name}",
                method="POST",
                path=f"{one}/{name}",
                summary=summary,
                tag=TAG,
                handle=self._one(name),
                privilege=privilege,
                also=(MANAGEMENT_USE,) if privilege != MANAGEMENT_USE else (),
                body=body,
                body_needed=name in ("move", "modify"),
                results={200: ManagedBody},
                parameters=(_ITEM, IF_MATCH, KEY),
                headers=_TAG_HEADER,
            )

    def _list(self, call: Call) -> Reply:
        if call["number"] is not None:
            found = self._items.find(call.who, call["number"])
            rows = [managed_body(each) for each in found]
            return Reply(body=ItemPage(offset=0, total=len(rows), rows=rows))
        wanted = ItemList(
            text=call["text"],
            status=HistoryStatus(call["status"]),
            sort=Sort(key=call["sort"], descending=call["descending"]),
            offset=call["offset"],
            limit=call["limit"],
        )
        page = self._items.page(call.who, wanted)
        return Reply(
            body=ItemPage(offset=page.offset, total=page.total, rows=[managed_body(each) for each in page.rows])
        )

    def _get(self, call: Call) -> Reply:
        return self._answer(call)

    def _history(self, call: Call) -> Reply:
        return Reply(body=history_body(self._items.history(call.who, call["item"])))

    def _one(self, name: str) -> Callable[[Call], Reply]:
        def handle(call: Call) -> Reply:
            tag = call[IF_MATCH.key]
            command = _command(name, call["item"], call.body)
            fence = int(tag.strip('"')) if tag else None
            self._items.carry_out(call.who, command, key=call[KEY.key] or "", fence=fence)
            return self._answer(call)

        return handle

    def _answer(self, call: Call) -> Reply:
        found = self._items.get(call.who, call["item"])
        return Reply(body=managed_body(found), headers={ITEM_TAG: f'"{found.item.fence}"'})

    def _many(self, call: Call) -> Reply:
        body: ManyBody = call.body
        said = _for_one(body)
        items = list(dict.fromkeys(body.items))
        answers = self._items.carry_out_all(call.who, items, lambda item: _command(body.operation, item, said))
        results = [many_result(item, answer) for item, answer in zip(items, answers, strict=True)]
        changed = sum(isinstance(answer, Interaction) for answer in answers)
        return Reply(body=ManyAnswer(changed=changed, failed=len(results) - changed, results=results))


def _for_one(body: ManyBody) -> object:
    """The body that one item would have had. BadInput where something is missing, or belongs to another operation."""
    given = {"until": body.until, "queue": body.queue, "attached": body.attached}
    if body.attached is not UNSET:
        attached_of_body(body.attached)
    for name, value in given.items():
        needed = _BELONGS[name] == body.operation
        if needed and value is UNSET:
            raise BadInput(f"To {body.operation} items needs “{name}”.", field=name)
        if not needed and value is not UNSET and value is not None:
            raise BadInput(f"“{name}” belongs to {_BELONGS[name]}, not to {body.operation}.", field=name)
    if body.queue is not UNSET:
        return MoveBody(queue=body.queue)
    if body.attached is not UNSET:
        return ModifyBody(attached=body.attached)
    return HoldBody(until=body.until) if body.operation == "hold" else NoBody()


def _command(name: str, item: str, body: object) -> ManagementCommand:
    match body:
        case HoldBody():
            return Hold(item=item, until=None if body.until is None else utc(body.until, "/until"))
        case MoveBody():
            return PlaceInQueue(item=item, queue=body.queue)
        case ModifyBody():
            return SetProperties(item=item, changes=attached_of_body(body.attached))
    simple: dict[str, type[Resume | Complete | Cancel | Restart]] = {
        "resume": Resume,
        "complete": Complete,
        "cancel": Cancel,
        "restart": Restart,
    }
    return simple[name](item=item)


def attached_of_body(attached: Mapping[str, Any]) -> dict[str, Any]:
    """Changes of attached data. Unfit for what a schema can say and msgspec does not check."""
    try:
        return attached_of(attached, "/attached")
    except BadInput as error:
        raise Unfit(error.message, field=error.field) from error
