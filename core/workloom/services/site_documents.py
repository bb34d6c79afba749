"""The site as it is kept: one JSON document for each object, and the value that they make, loaded once per version."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec
from msgspec import Struct

from workloom.domain.errors import SiteDamaged
from workloom.domain.site import (
    AgentGroup,
    BusinessAttribute,
    CapacityRule,
    CapturePoint,
    Client,
    MediaType,
    Person,
    Place,
    Queue,
    Role,
    Site,
    Strategy,
    Transaction,
    Workbin,
)
from workloom.services.ports import Reader

KINDS: Final[Mapping[str, tuple[str, type[Struct]]]] = {
    "media type": ("media_types", MediaType),
    "role": ("roles", Role),
    "agent group": ("groups", AgentGroup),
    "person": ("persons", Person),
    "place": ("places", Place),
    "capacity rule": ("capacity_rules", CapacityRule),
    "strategy": ("strategies", Strategy),
    "queue": ("queues", Queue),
    "workbin": ("workbins", Workbin),
    "transaction": ("transactions", Transaction),
    "business attribute": ("business_attributes", BusinessAttribute),
    "capture point": ("capture_points", CapturePoint),
    "client": ("clients", Client),
}
"""For each kind of object its field of `Site` and its type."""

GENERAL: Final = "site"
"""Kind of the one document that holds what belongs to no object: names, timers, options of the upper layers."""

GENERAL_FIELDS: Final = tuple(
    name for name in Site.__struct_fields__ if name != "version" and name not in {field for field, _ in KINDS.values()}
)

Document = tuple[str, str, bytes]


def documents_of(site: Site) -> Iterator[Document]:
    """(kind, name, body) of each object, in the order of the site."""
    yield GENERAL, "", msgspec.json.encode({name: getattr(site, name) for name in GENERAL_FIELDS})
    for kind, (field, _) in KINDS.items():
        for name, value in getattr(site, field).items():
            yield kind, name, msgspec.json.encode(value)


def site_of(documents: Iterable[Document], version: int) -> Site:
    """The site that the documents make. SiteDamaged if one of them cannot be read; unknown kinds are passed over."""
    general: dict[str, object] = {}
    objects: dict[str, dict[str, Struct]] = {field: {} for field, _ in KINDS.values()}
    for kind, name, body in documents:
        try:
            if kind == GENERAL:
                general = msgspec.json.decode(body, type=dict[str, object])
            elif kind in KINDS:
                field, type_ = KINDS[kind]
                objects[field][name] = msgspec.json.decode(body, type=type_)
        except msgspec.DecodeError as error:
            raise SiteDamaged(
                f"The {kind} “{name}” of the configuration cannot be read ({error}). Apply the site file again."
            ) from error
    raw: dict[str, object] = {**general, "version": version}
    try:
        bare = msgspec.convert(raw, Site)
    except msgspec.ValidationError as error:
        raise SiteDamaged(f"The configuration cannot be read ({error}). Apply the site file again.") from error
    return msgspec.structs.replace(bare, **objects)


def salvaged(documents: Iterable[Document], version: int) -> Site:
    """What can still be read of a damaged site. An object that cannot be read keeps its name, and no more; where it is
    not known to whom the data belong, the version is 0.
    """
    readable: list[Document] = []
    for kind, name, body in documents:
        try:
            site_of([(kind, name, body)], version)
            readable.append((kind, name, body))
        except SiteDamaged:
            if kind in KINDS:
                needed = dict.fromkeys(("name", "title", "employee_id"), name)
                readable.append((kind, name, msgspec.json.encode(needed)))
    known = any(kind == GENERAL for kind, _name, _body in readable)
    return site_of(readable, version if known else 0)


class SiteCache:
    """Gives the site as of a snapshot, loading it only when its version is another than the last one's."""

    def __init__(self) -> None:
        self._last = Site()

    def of(self, reader: Reader) -> Site:
        """The site as the snapshot (or transaction) has it. Version 0 is an empty site: nothing was applied yet."""
        version = reader.documents.version()
        last = self._last
        if last.version == version:
            return last
        loaded = site_of(reader.documents.all(), version)
        self._last = loaded
        return loaded
