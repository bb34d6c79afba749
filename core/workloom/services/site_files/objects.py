"""The tables of a site file as objects of the site."""

from collections.abc import Iterator
from typing import Final

from workloom.domain.routing import SELECTIONS
from workloom.domain.site import (
    AgentGroup,
    AttributeValue,
    BlockingCondition,
    BusinessAttribute,
    Capacity,
    CapacityRule,
    CapturePoint,
    Client,
    MediaType,
    Person,
    Place,
    Queue,
    Role,
    RoutingStep,
    Strategy,
    Timers,
    Transaction,
    Workbin,
)
from workloom.services.site_files.positions import Path
from workloom.services.site_files.table import LONGEST, Table, type_words

FIELD_TYPES: Final = ("string", "int", "float", "bool", "enum", "date", "date-time", "multiline")
OWNERS: Final = ("agent", "agent-group", "place", "place-group")
LOST_AGENT: Final = ("", "workbin", "queue", "stay")
MAXIMUM_FOLDERS: Final = 8
"""Folders within folders of a business attribute."""


def media_type(name: str, table: Table) -> MediaType:
    """`[media-types.<name>]`."""
    title = table.text("title", needed=True)
    return MediaType(
        name=name,
        title=title,
        singular=table.text("singular", title),
        icon=table.text("icon", "clipboard-list"),
        handling_timeout=table.number("handling-timeout", maximum=LONGEST // 60),
        lost_agent=table.choice("lost-agent", LOST_AGENT, ""),
    )


def role(name: str, table: Table) -> Role:
    """`[roles.<name>]`."""
    return Role(name=name, privileges=table.words("privileges"))


def group(name: str, table: Table) -> AgentGroup:
    """`[groups.<name>]`."""
    return AgentGroup(name=name, roles=table.words("roles"), leads=table.words("leads"), options=options(table))


def person(name: str, table: Table) -> Person:
    """`[persons.<name>]`. A plain `password` is read by the caller."""
    return Person(
        name=name,
        employee_id=table.text("employee-id", needed=True),
        first_name=table.text("first-name"),
        last_name=table.text("last-name"),
        password=table.text("password-hash"),
        description=table.text("description"),
        enabled=table.flag("enabled", True),
        groups=table.words("groups"),
        skills=table.levels("skills"),
        roles=table.words("roles"),
        place=table.text("place"),
        capacity_rule=table.text("capacity-rule"),
        options=options(table),
    )


def place(name: str, table: Table) -> Place:
    """`[places.<name>]`."""
    return Place(name=name, group=table.text("group"), capacity_rule=table.text("capacity-rule"))


def capacity_rule(name: str, table: Table) -> CapacityRule:
    """`[capacity-rules.<name>]`: a number for each media type, or a table where other work blocks it."""
    inner = table.table("media-types")
    return CapacityRule(
        name=name,
        total=table.number("total"),
        capacities=tuple(_capacity(media, inner) for media in inner.names()),
    )


def _capacity(media: str, inner: Table) -> Capacity:
    if not isinstance(inner.raw(media), dict):
        return Capacity(media_type=media, maximum=inner.number(media))
    own = inner.table(media)
    blocks = own.levels("blocked-by")
    capacity = Capacity(
        media_type=media,
        maximum=own.number("maximum"),
        blocked_by=tuple(BlockingCondition(media_type=other, count=max(1, count)) for other, count in blocks.items()),
    )
    own.finish()
    return capacity


def strategy(name: str, table: Table) -> Strategy:
    """`[strategies.<name>]` with `steps`."""
    return Strategy(
        name=name,
        select=table.choice("select", SELECTIONS, SELECTIONS[0]),
        overrides=table.words("overrides"),
        request_timeout=table.number("request-timeout", 60, maximum=LONGEST),
        requested_timeout=table.number("requested-timeout", maximum=LONGEST),
        offer_timeout=table.number("offer-timeout", maximum=LONGEST),
        steps=tuple(_step(row) for row in table.rows("steps")),
    )


def _step(table: Table) -> RoutingStep:
    step = RoutingStep(
        agents=table.words("agents"),
        groups=table.words("groups"),
        skill=table.text("skill"),
        anyone=table.flag("anyone"),
        after=table.number("after", maximum=LONGEST),
        replace=table.flag("replace"),
    )
    if not (step.agents or step.groups or step.skill or step.anyone):
        table.problems.value(table.path, "a step needs agents, groups, a skill, or anyone = true")
    table.finish()
    return step


def queue(name: str, table: Table) -> Queue:
    """`[queues.<name>]`."""
    return Queue(
        name=name,
        title=table.text("title"),
        strategy=table.text("strategy"),
        media_types=table.words("media-types"),
    )


def workbin(name: str, table: Table) -> Workbin:
    """`[workbins.<name>]`."""
    return Workbin(
        name=name,
        title=table.text("title"),
        owner=table.choice("owner", OWNERS, OWNERS[0]),
        owners=table.words("owners"),
        strategy=table.text("strategy"),
    )


def transaction(name: str, table: Table) -> Transaction:
    """`[transactions.<name>.options]`."""
    return Transaction(name=name, options=options(table))


def business_attribute(name: str, table: Table) -> BusinessAttribute:
    """`[business-attributes.<name>]` with `values`."""
    return BusinessAttribute(name=name, title=table.text("title"), values=_values(table, 1))


def _values(table: Table, depth: int) -> tuple[AttributeValue, ...]:
    """Values, each a table, or just its name."""
    raw = table.raw("values")
    if isinstance(raw, list) and raw and all(isinstance(value, str) for value in raw):
        return tuple(AttributeValue(name=value) for value in table.words("values"))
    if depth > MAXIMUM_FOLDERS:
        table.problems.value((*table.path, "values"), f"there are more than {MAXIMUM_FOLDERS} folders in one another")
        return ()
    return tuple(_value(row, depth) for row in table.rows("values"))


def _value(table: Table, depth: int) -> AttributeValue:
    value = AttributeValue(
        name=table.text("name", needed=True),
        title=table.text("title"),
        values=_values(table, depth + 1),
        type=table.choice("type", FIELD_TYPES, FIELD_TYPES[0]),
        read_only=table.flag("read-only"),
        required=table.flag("required"),
        pattern=table.text("pattern"),
        hint=table.text("hint"),
        choices=table.words("choices"),
        unit=table.text("unit"),
    )
    table.finish()
    return value


def capture_point(name: str, table: Table) -> CapturePoint:
    """`[capture-points.<name>]`."""
    return CapturePoint(
        name=name,
        title=table.text("title"),
        queue=table.text("queue"),
        media_type=table.text("media-type"),
        process=table.text("process"),
        department=table.text("department"),
    )


def client(name: str, table: Table) -> Client:
    """`[clients.<name>]`."""
    return Client(
        name=name,
        title=table.text("title"),
        enabled=table.flag("enabled", True),
        capture_points=table.words("capture-points"),
        privileges=table.words("privileges"),
        token_hashes=table.words("token-hashes"),
    )


def timers(table: Table) -> Timers:
    """`[timers]`, in seconds."""
    usual = Timers()
    found = Timers(
        delivery=table.seconds("delivery", usual.delivery),
        handling=table.seconds("handling", usual.handling),
        lost_agent=table.seconds("lost-agent", usual.lost_agent),
        heartbeat=table.seconds("heartbeat", usual.heartbeat),
        login_plan=table.seconds("login-plan", usual.login_plan),
        declined=table.seconds("declined", usual.declined),
    )
    if found.heartbeat * 2 > found.lost_agent:
        table.problems.value(
            (*table.path, "heartbeat" if table.raw("heartbeat") is not None else "lost-agent"),
            f"“heartbeat” must be at most half of lost-agent ({found.lost_agent:g} s), not {found.heartbeat:g} s:"
            " one late sign of life would log working agents out",
        )
    return found


def options(table: Table, key: str = "options") -> dict[str, object]:
    """A table of options. A name with dots may be quoted or not: both mean the same option."""
    found: dict[str, object] = {}
    raw = table.raw(key)
    if raw is None:
        return found
    if not isinstance(raw, dict):
        table.problems.value((*table.path, key), f"“{key}” must be a table, not {type_words(raw)}")
        return found
    for name, path, value in settings_in(raw, (*table.path, key)):
        reason = why_no_option(value)
        if reason:
            table.problems.value(path, reason)
        else:
            found[name] = value
    return found


def settings_in(raw: dict[str, object], path: Path) -> Iterator[tuple[str, Path, object]]:
    """Name, path and value of each option in a table, tables within tables joined by dots."""
    for key, value in raw.items():
        if isinstance(value, dict):
            for name, inner, setting in settings_in(value, (*path, key)):
                yield f"{key}.{name}", inner, setting
        else:
            yield key, (*path, key), value


def why_no_option(value: object) -> str:
    """Why no option can have this value, empty if one can."""
    if isinstance(value, list):
        odd = [one for one in value if not isinstance(one, str)]
        return f"the list of an option holds texts, not {type_words(odd[0])}" if odd else ""
    return "" if isinstance(value, bool | int | str) else f"an option cannot be {type_words(value)}"
