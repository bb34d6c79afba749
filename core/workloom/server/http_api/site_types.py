"""Objects of a site as JSON: the tables of a site file, with underscores in their names. `kind` says which it is."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from workloom.domain.errors import BadInput
from workloom.server.http_api.fields import LONGEST_TEXT, NO_NUL, Count, Line, Name, Number, token
from workloom.services.administration import FIELDS

# The pattern is said in the document only, and `values_of` looks: msgspec (0.22, its issue 717) takes the pattern of a
# text that shares a union with a list for one of its own nodes, and the process ends when that is freed.
_OptionText = Annotated[str, Meta(max_length=LONGEST_TEXT, extra_json_schema={"pattern": NO_NUL})]

Options = dict[Name, bool | Number | _OptionText | list[Line]]
_Title = Annotated[Line, Meta(min_length=1)]


class SiteObject(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What all have: the name by which others refer to it. A request may leave it out: the address has it."""

    name: Name | UnsetType = UNSET


class MediaTypeObject(SiteObject, frozen=True, kw_only=True, tag="media-types"):
    """A kind of work item. `handling_timeout` in minutes; `lost_agent`: workbin, queue, stay or empty."""

    title: _Title
    singular: Line
    icon: Line = "clipboard-list"
    handling_timeout: Count = 0
    lost_agent: Line = ""


class RoleObject(SiteObject, frozen=True, kw_only=True, tag="roles"):
    """A set of privileges."""

    privileges: list[Name] = []


class GroupObject(SiteObject, frozen=True, kw_only=True, tag="groups"):
    """People who work together, and who leads them."""

    roles: list[Name] = []
    leads: list[Name] = []
    options: Options = {}


class PersonObject(SiteObject, frozen=True, kw_only=True, tag="persons"):
    """Somebody who can log in. The password is not part of it: it is reset at an address of its own."""

    employee_id: _Title
    first_name: Line = ""
    last_name: Line = ""
    description: Line = ""
    enabled: bool = True
    groups: list[Name] = []
    skills: dict[Name, Count] = {}
    roles: list[Name] = []
    place: Line = ""
    capacity_rule: Line = ""
    options: Options = {}


class PlaceObject(SiteObject, frozen=True, kw_only=True, tag="places"):
    """Where somebody sits."""

    group: Line = ""
    capacity_rule: Line = ""


class Blocking(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """No work while `count` or more of another media type are in work."""

    media_type: Name
    count: Count = 1


class CapacityPart(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many items of one media type, and what forbids any."""

    media_type: Name
    maximum: Count
    blocked_by: list[Blocking] = []


class CapacityRuleObject(SiteObject, frozen=True, kw_only=True, tag="capacity-rules"):
    """How much somebody may have at once; `total` 0 = no limit over all."""

    capacities: list[CapacityPart] = []
    total: Count = 0


class Step(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Targets that are tried once an item has waited `after` seconds."""

    agents: list[Name] = []
    groups: list[Name] = []
    skill: Line = ""
    anyone: bool = False
    after: Count = 0
    replace: bool = False


class StrategyObject(SiteObject, frozen=True, kw_only=True, tag="strategies"):
    """How a queue finds an agent. Times in seconds, 0 = the service's."""

    steps: list[Step] = []
    select: Line = "longest-idle"
    overrides: list[Name] = []
    request_timeout: Count = 60
    requested_timeout: Count = 0
    offer_timeout: Count = 0


class QueueObject(SiteObject, frozen=True, kw_only=True, tag="queues"):
    """Where items wait; without media types it takes all."""

    title: Line = ""
    strategy: Line = ""
    media_types: list[Name] = []


class WorkbinObject(SiteObject, frozen=True, kw_only=True, tag="workbins"):
    """A shelf for items; `owner`: agent, agent-group, place or place-group."""

    title: Line = ""
    owner: Line = "agent"
    owners: list[Name] = []
    strategy: Line = ""


class TransactionObject(SiteObject, frozen=True, kw_only=True, tag="transactions"):
    """A named list of options that a strategy lays over an item."""

    options: Options = {}


class Value(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One value of a business attribute; values in it make it a folder."""

    name: _Title
    title: Line = ""
    values: list["Value"] = []
    type: Line = "string"
    read_only: bool = False
    required: bool = False
    pattern: Line = ""
    hint: Line = ""
    choices: list[Line] = []
    unit: Line = ""


class BusinessAttributeObject(SiteObject, frozen=True, kw_only=True, tag="business-attributes"):
    """A named, ordered list of values."""

    title: Line = ""
    values: list[Value] = []


class CapturePointObject(SiteObject, frozen=True, kw_only=True, tag="capture-points"):
    """A source of work and what its messages get when they do not say."""

    title: Line = ""
    queue: Line = ""
    media_type: Line = ""
    process: Line = ""
    department: Line = ""


class ClientObject(SiteObject, frozen=True, kw_only=True, tag="clients"):
    """A program that uses this API. Hashes of tokens are SHA-256 in hexadecimal."""

    title: Line = ""
    enabled: bool = True
    capture_points: list[Name] = []
    privileges: list[Name] = []
    token_hashes: list[Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]] = []


AnyObject = (
    MediaTypeObject
    | RoleObject
    | GroupObject
    | PersonObject
    | PlaceObject
    | CapacityRuleObject
    | StrategyObject
    | QueueObject
    | WorkbinObject
    | TransactionObject
    | BusinessAttributeObject
    | CapturePointObject
    | ClientObject
)

Kind = Annotated[str, Meta(pattern=f"^({'|'.join(FIELDS)})$", extra_json_schema={"enum": list(FIELDS)})]
"""The name of a table of a site file."""

_LEFT_OUT: Final = frozenset({"password"})


def object_body(kind: str, value: Struct) -> Mapping[str, Any]:
    """An object as it is sent."""
    found = msgspec.to_builtins(value)
    return {"kind": kind, **{name: each for name, each in found.items() if name not in _LEFT_OUT}}


def values_of(body: SiteObject) -> dict[str, Any]:
    """The fields of an object that was sent, without its kind and name. BadInput for an option with U+0000 in it."""
    found: dict[str, Any] = msgspec.to_builtins(body)
    for name, value in found.get("options", {}).items():
        if isinstance(value, str) and "\0" in value:
            raise BadInput("Expected a text without the character U+0000.", field=f"/options/{token(name)}")
    return {name: each for name, each in found.items() if name not in ("kind", "name")}


def kind_of(body: SiteObject) -> str:
    """The kind that a body says."""
    return str(body.__struct_config__.tag)
