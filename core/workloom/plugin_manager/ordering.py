"""In which order plugins come: as they ask, never as they were found."""

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush

from workloom.plugin_manager.manifest import Manifest
from workloom.plugin_manager.token_names import plugins_in, providers, uses


def predecessors(manifests: Iterable[Manifest]) -> dict[str, set[str]]:
    """For each plugin those that come before it: what it requires or may use, and what either side asks for."""
    by_id = {manifest.id: manifest for manifest in manifests}
    earlier: dict[str, set[str]] = {id_: set() for id_ in by_id}
    having = providers(by_id.values())
    first = {token: id_ for manifest in by_id.values() for token in manifest.provides for id_ in [manifest.id]}
    for manifest in by_id.values():
        wanted = {*plugins_in((*manifest.requires, *manifest.optional)), *manifest.after}
        wanted |= {id_ for token in uses(manifest) for id_ in having.get(token, ()) if id_ != manifest.id}
        wanted |= {first[token] for token in manifest.replaces if token in first} - {manifest.id}
        earlier[manifest.id] |= wanted & by_id.keys()
        for later in manifest.before:
            if later in earlier:
                earlier[later].add(manifest.id)
    return earlier


def in_order(manifests: Iterable[Manifest]) -> tuple[Manifest, ...]:
    """Predecessors first, then by `order`, then by id. Members of circles are left out: `circles` names them."""
    by_id = {manifest.id: manifest for manifest in manifests}
    waiting = predecessors(by_id.values())
    followers: dict[str, list[str]] = {id_: [] for id_ in by_id}
    for id_, earlier in waiting.items():
        for other in earlier:
            followers[other].append(id_)
    free = [(by_id[id_].order, id_) for id_, earlier in waiting.items() if not earlier]
    heapify(free)
    sorted_: list[Manifest] = []
    while free:
        _, id_ = heappop(free)
        sorted_.append(by_id[id_])
        for follower in followers[id_]:
            waiting[follower].discard(id_)
            if not waiting[follower]:
                heappush(free, (by_id[follower].order, follower))
    return tuple(sorted_)


def circles(manifests: Iterable[Manifest]) -> tuple[tuple[str, ...], ...]:
    """Plugins that wait for each other in a circle: the members of each, by id."""
    earlier = predecessors(manifests)
    reach = {id_: _reachable(id_, earlier) for id_ in earlier}
    found = {
        tuple(sorted(other for other in reach[id_] if id_ in reach[other])) for id_ in earlier if id_ in reach[id_]
    }
    return tuple(sorted(found))


def _reachable(start: str, earlier: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    to_visit = list(earlier[start])
    while to_visit:
        id_ = to_visit.pop()
        if id_ not in found:
            found.add(id_)
            to_visit += earlier[id_]
    return found
