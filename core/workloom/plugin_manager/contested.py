"""Ids of contributions that several plugins declare: the first of them, in the order of the plugins, has it.

So it does not matter who was started first, or whether the one waits until it is used.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from workloom.api.contributions import ActionFilter
from workloom.plugin_manager.declared import TABLES
from workloom.plugin_manager.manifest import Manifest

OF_KINDS: Final[Mapping[type, str]] = {**TABLES, ActionFilter: "action-filter"}
Contested = Mapping[tuple[type, str], tuple[str, ...]]
"""The plugins that declare an id of a kind, in their order; only where they are several."""


def contested(manifests: Iterable[Manifest]) -> Contested:
    """What is declared more than once by these plugins, which come in their order."""
    declaring: dict[tuple[type, str], list[str]] = {}
    for manifest in manifests:
        for kind, table in OF_KINDS.items():
            for one in getattr(manifest, table.replace("-", "_")):
                declaring.setdefault((kind, one.id), []).append(manifest.id)
    return {key: tuple(plugins) for key, plugins in declaring.items() if len(plugins) > 1}
