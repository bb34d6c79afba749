"""The configuration of a site as one immutable value.

Names are the keys: a person's name is the user name. Option sections map the option's name to its raw value.
"""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

Options = Mapping[str, object]


class Person(Struct, frozen=True, kw_only=True):
    """Somebody who can log in. `password` is an argon2id hash, empty = cannot log in."""

    name: str
    employee_id: str
    first_name: str = ""
    last_name: str = ""
    password: str = ""
    description: str = ""
    enabled: bool = True
    groups: tuple[str, ...] = ()
    skills: Mapping[str, int] = {}
    roles: tuple[str, ...] = ()
    place: str = ""
    capacity_rule: str = ""
    options: Options = {}

    @property
    def full_name(self) -> str:
        """First and last name, else the user name."""
        return f"{self.first_name} {self.last_name}".strip() or self.name


class AgentGroup(Struct, frozen=True, kw_only=True):
    """People who work together. `leads` see the workbins of the members."""

    name: str
    roles: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    options: Options = {}


class Role(Struct, frozen=True, kw_only=True):
    """A set of privileges that is given to people or groups."""

    name: str
    privileges: tuple[str, ...] = ()


class MediaType(Struct, frozen=True, kw_only=True):
    """A kind of work item: `claim` → title "Claims", singular "Claim", icon name."""

    name: str
    title: str
    singular: str
    icon: str = "clipboard-list"
    handling_timeout: int = 0  # minutes; 0 = the service's default
    lost_agent: str = ""  # workbin, queue, stay; empty = workbin if one is set, else queue


class Place(Struct, frozen=True, kw_only=True):
    """Where somebody sits."""

    name: str
    group: str = ""
    capacity_rule: str = ""


class BlockingCondition(Struct, frozen=True, kw_only=True):
    """No work of the rule's media type while `count` or more of `media_type` are in work."""

    media_type: str
    count: int = 1


class Capacity(Struct, frozen=True, kw_only=True):
    """How many items of one media type somebody may have at once, and what forbids any."""

    media_type: str
    maximum: int
    blocked_by: tuple[BlockingCondition, ...] = ()


class CapacityRule(Struct, frozen=True, kw_only=True):
    """Maxima per media type; what is not named gets nothing. `total` 0 = no limit over all."""

    name: str
    capacities: tuple[Capacity, ...] = ()
    total: int = 0


class RoutingStep(Struct, frozen=True, kw_only=True):
    """Targets that are tried once an item has waited `after` seconds; `replace` drops those of earlier steps."""

    agents: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    skill: str = ""
    anyone: bool = False
    after: int = 0
    replace: bool = False


class Strategy(Struct, frozen=True, kw_only=True):
    """How a queue finds an agent. `select`: longest-idle, least-loaded, best-fit, random."""

    name: str
    steps: tuple[RoutingStep, ...] = ()
    select: str = "longest-idle"
    overrides: tuple[str, ...] = ()  # names of transactions attached as option overrides
    request_timeout: int = 60  # seconds that a routing-based request looks for its target
    requested_timeout: int = 0  # seconds that only the agent, group or skill is looked for that the item requests
    offer_timeout: int = 0  # seconds; 0 = the service's default


class Queue(Struct, frozen=True, kw_only=True):
    """Where items wait. Without a strategy they wait to be pulled."""

    name: str
    title: str = ""
    strategy: str = ""
    media_types: tuple[str, ...] = ()  # empty = any


class Workbin(Struct, frozen=True, kw_only=True):
    """A shelf for items, one for each owner of its kind: agent, agent-group, place, place-group.

    `owners` names those who have one; empty = everybody of the kind.
    """

    name: str
    title: str = ""
    owner: str = "agent"
    owners: tuple[str, ...] = ()
    strategy: str = ""


class Transaction(Struct, frozen=True, kw_only=True):
    """A named list of options that a strategy lays over all layers for one item."""

    name: str
    options: Options = {}


class AttributeValue(Struct, frozen=True, kw_only=True):
    """One value of a business attribute.

    In a disposition `values` makes it a folder. In a case-data format the value is a field: `type` is one of string,
    int, float, bool, enum, date, date-time, multiline; `choices` belong to enum; `pattern` is a regular expression for
    the whole text, `hint` what to say when it does not fit.
    """

    name: str
    title: str = ""
    values: tuple["AttributeValue", ...] = ()
    type: str = "string"
    read_only: bool = False
    required: bool = False
    pattern: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    unit: str = ""


class BusinessAttribute(Struct, frozen=True, kw_only=True):
    """A named, ordered list of values: dispositions, case-data formats, not-ready reasons."""

    name: str
    title: str = ""
    values: tuple[AttributeValue, ...] = ()


class CapturePoint(Struct, frozen=True, kw_only=True):
    """A source of work and what its messages get when they do not say."""

    name: str
    title: str = ""
    queue: str = ""
    media_type: str = ""
    process: str = ""
    department: str = ""


class Client(Struct, frozen=True, kw_only=True):
    """A program that uses the HTTP API. It sends messages to its capture points, and does what its privileges allow.

    `token_hashes` are SHA-256 in hexadecimal, one for each token that is accepted: two while a token is renewed, none =
    it cannot call.
    """

    name: str
    title: str = ""
    enabled: bool = True
    capture_points: tuple[str, ...] = ()
    privileges: tuple[str, ...] = ()
    token_hashes: tuple[str, ...] = ()


class Timers(Struct, frozen=True, kw_only=True):
    """Service-wide times, in seconds."""

    delivery: float = 30.0
    handling: float = 180.0 * 60
    lost_agent: float = 30.0
    heartbeat: float = 5.0
    login_plan: float = 300.0
    declined: float = 60.0  # an item is not offered again to somebody who declined or missed it


class Site(Struct, frozen=True, kw_only=True, dict=True):
    """Everything that is configured. Mappings are keyed by name and keep the order of the site file."""

    name: str = "Workloom"
    title: str = ""
    subtitle: str = ""
    demo_password: str = ""  # set in a demo site only: the login page then names its users and this password
    tenant: str = "default"
    version: int = 0
    timers: Timers = Timers()
    persons: Mapping[str, Person] = {}
    groups: Mapping[str, AgentGroup] = {}
    roles: Mapping[str, Role] = {}
    media_types: Mapping[str, MediaType] = {}
    places: Mapping[str, Place] = {}
    capacity_rules: Mapping[str, CapacityRule] = {}
    tenant_capacity_rule: str = ""
    strategies: Mapping[str, Strategy] = {}
    queues: Mapping[str, Queue] = {}
    workbins: Mapping[str, Workbin] = {}
    transactions: Mapping[str, Transaction] = {}
    business_attributes: Mapping[str, BusinessAttribute] = {}
    capture_points: Mapping[str, CapturePoint] = {}
    clients: Mapping[str, Client] = {}
    application_options: Options = {}
    tenant_options: Options = {}

    @cached_property
    def known_privileges(self) -> dict[str, frozenset[str]]:
        """By person, as `authority.effective_privileges` has worked them out: a site never changes."""
        return {}

    @cached_property
    def clients_by_hash(self) -> Mapping[str, Client]:
        """The enabled clients by the hash of each token."""
        return {known: client for client in self.clients.values() if client.enabled for known in client.token_hashes}

    def members(self, group: str) -> tuple[Person, ...]:
        """People of a group, in the order of the site file."""
        return tuple(person for person in self.persons.values() if group in person.groups)


class SiteInfo(Struct, frozen=True, kw_only=True):
    """What may be shown before anybody has logged in. `demo_users`: (user name, full name, what they do)."""

    title: str
    subtitle: str = ""
    connection: str = ""
    demo_users: tuple[tuple[str, str, str], ...] = ()
    demo_password: str = ""
    notice: str = ""
