"""What a person may do: the union of the privileges of the roles given to the person and to the person's groups."""

from workloom.domain.privileges import MANAGEMENT_USE, NEED_CHANNEL, NEED_MANAGEMENT, USE_CHANNEL
from workloom.domain.site import Client, Site


def roles_of(site: Site, person: str) -> tuple[str, ...]:
    """Names of the roles that the person holds, own ones first, then those of the groups in alphabetical order."""
    who = site.persons.get(person)
    if who is None or not who.enabled:
        return ()
    names = dict.fromkeys(who.roles)
    for group in sorted(who.groups):
        if group in site.groups:
            names.update(dict.fromkeys(site.groups[group].roles))
    return tuple(name for name in names if name in site.roles)


def effective_privileges(site: Site, person: str) -> frozenset[str]:
    """Privileges that the person holds; empty for somebody who is unknown or not enabled.

    Without `Can Use WorkItem Channel` the privileges that need it do not count, nor do those of interaction management
    without its `Can Use`.
    """
    known = site.known_privileges.get(person)
    if known is None:
        granted = frozenset(privilege for role in roles_of(site, person) for privilege in site.roles[role].privileges)
        known = _counting(granted)
        site.known_privileges[person] = known
    return known


def _counting(granted: frozenset[str]) -> frozenset[str]:
    needing = (NEED_CHANNEL if USE_CHANNEL not in granted else frozenset()) | (
        NEED_MANAGEMENT if MANAGEMENT_USE not in granted else frozenset()
    )
    return granted - needing


def privileges_of_client(client: Client) -> frozenset[str]:
    """Privileges that a technical client holds. It needs no channel to use what people need one for."""
    return frozenset({*client.privileges, USE_CHANNEL}) if client.enabled else frozenset()
