"""A site as the text of a site file: what `workloom site show` prints, and what can be applied again."""

from typing import Any

import msgspec

from workloom.domain.site import Capacity, CapacityRule, Client, Site, Timers
from workloom.services.site_documents import KINDS

_GENERAL = ("name", "title", "subtitle", "demo_password", "tenant")


def write_site(site: Site) -> str:
    """The site file that says this site. Defaults are left out; hashes of passwords stay in."""
    import tomlkit

    general = {key: getattr(site, key) for key in _GENERAL if getattr(site, key)}
    if site.tenant_capacity_rule:
        general["capacity_rule"] = site.tenant_capacity_rule
    file: dict[str, Any] = {"site": _hyphens(general)}
    timers = _own(site.timers, Timers())
    if timers:
        file["timers"] = _hyphens(timers)
    for field, _ in KINDS.values():
        objects = {name: table_of(value) for name, value in getattr(site, field).items()}
        if objects:
            file[field.replace("_", "-")] = objects
    for key, options in (("options", site.application_options), ("tenant-options", site.tenant_options)):
        if options:
            file[key] = msgspec.to_builtins(options)
    return tomlkit.dumps(file)


def write_client(client: Client) -> str:
    """The table of one client."""
    import tomlkit

    return tomlkit.dumps({"clients": {client.name: table_of(client)}})


def table_of(value: msgspec.Struct) -> dict[str, Any]:
    """One object as its table in a site file."""
    if isinstance(value, CapacityRule):
        media_types = {capacity.media_type: _capacity(capacity) for capacity in value.capacities}
        return {**({"total": value.total} if value.total else {}), "media-types": media_types}
    own = _own(value, None)
    own.pop("name")
    if "password" in own:
        own["password_hash"] = own.pop("password")
    return _hyphens(own)


def _capacity(capacity: Capacity) -> int | dict[str, Any]:
    if not capacity.blocked_by:
        return capacity.maximum
    return {
        "maximum": capacity.maximum,
        "blocked-by": {block.media_type: block.count for block in capacity.blocked_by},
    }


def _own(value: msgspec.Struct, usual: msgspec.Struct | None) -> dict[str, Any]:
    """The fields that are not as usual."""
    defaults = {
        field.name: field.default if field.default is not msgspec.NODEFAULT else field.default_factory
        for field in msgspec.structs.fields(value)
    }
    found = {}
    for name, default in defaults.items():
        own = getattr(value, name)
        before = getattr(usual, name) if usual else default
        if own != before and not (usual is None and own in ({}, ())):
            found[name] = msgspec.to_builtins(_values(own))
    return found


def _values(own: object) -> object:
    """Structs within become tables without what is usual in them."""
    if isinstance(own, tuple) and own and isinstance(own[0], msgspec.Struct):
        return [_hyphens(_own(value, None)) for value in own]
    return own


def _hyphens(table: dict[str, Any]) -> dict[str, Any]:
    return {key.replace("_", "-"): value for key, value in table.items()}
