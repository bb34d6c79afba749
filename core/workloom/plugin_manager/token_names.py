"""Which plugin provides which token, as the manifests say it: the names only, known before anything is imported."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from workloom.api.context import CONTEXT, SERVICES
from workloom.api.inspection import Wire
from workloom.plugin_manager.manifest import Manifest

OF_THE_CORE: Final = frozenset({CONTEXT.name, SERVICES.name})
"""Tokens that the desktop itself provides to every plugin."""


def is_token(need: str) -> bool:
    """Whether an entry of `requires` or `optional` is a token; the others are ids of plugins, which have no dot."""
    return "." in need


def plugins_in(needs: Iterable[str]) -> tuple[str, ...]:
    """The ids of plugins among needs."""
    return tuple(need for need in needs if not is_token(need))


def tokens_in(needs: Iterable[str]) -> tuple[str, ...]:
    """The tokens among needs."""
    return tuple(need for need in needs if is_token(need))


def uses(manifest: Manifest) -> tuple[str, ...]:
    """The tokens that a plugin may ask for."""
    return tokens_in((*manifest.requires, *manifest.optional))


def providers(manifests: Iterable[Manifest]) -> dict[str, list[str]]:
    """For each token the plugins that have it, in their order: the first provides it, each later one replaces it."""
    found: dict[str, list[str]] = {}
    ordered = tuple(manifests)
    for manifest in ordered:
        for token in manifest.provides:
            found.setdefault(token, []).append(manifest.id)
    for manifest in ordered:
        for token in manifest.replaces:
            found.setdefault(token, []).append(manifest.id)
    return found


def wires(known: Iterable[Manifest], able: Collection[str]) -> tuple[Wire, ...]:
    """All tokens by name. Plugins that are able to start provide them; users are named in any case."""
    manifests = tuple(known)
    having = providers(manifest for manifest in manifests if manifest.id in able)
    asking: dict[str, list[str]] = {}
    for manifest in manifests:
        for token in uses(manifest):
            asking.setdefault(token, []).append(manifest.id)
    names = {*having, *asking, *(token for manifest in manifests for token in manifest.provides)}
    return tuple(
        Wire(
            token=name,
            provider=(having.get(name) or [""])[-1],
            replaced=tuple(having.get(name, [])[:-1]),
            users=tuple(asking.get(name, ())),
        )
        for name in sorted(names)
    )


def doubles(manifests: Iterable[Manifest]) -> Mapping[str, str]:
    """Plugins that provide what an earlier one provides, or replace what nobody provides, with what to do."""
    problems: dict[str, str] = {}
    ordered = tuple(manifests)
    first: dict[str, str] = {}
    for manifest in ordered:
        for token in manifest.provides:
            other = first.setdefault(token, manifest.id)
            if other != manifest.id:
                problems[manifest.id] = (
                    f"provides: the plugin “{other}” provides the token “{token}” already."
                    " Name it under “replaces” to take its place, or switch one of the two off."
                )
            elif token in OF_THE_CORE:
                problems[manifest.id] = f"provides: the token “{token}” is the desktop's own. Take it out."
    for manifest in ordered:
        for token in manifest.replaces:
            if token not in first:
                problems[manifest.id] = (
                    f"replaces: no plugin provides the token “{token}”."
                    " Install the one that does, or name it under “provides”."
                )
    return problems
