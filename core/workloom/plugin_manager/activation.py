"""Which plugins an agent may have, which of them are needed at once, and which wait until they are used."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from workloom.api.contributions import Region
from workloom.plugin_manager.manifest import Manifest
from workloom.plugin_manager.manifest_tables import Activation
from workloom.plugin_manager.token_names import plugins_in, providers, tokens_in


def can_wait(manifest: Manifest) -> bool:
    """Whether all that the plugin brings can be shown without its code, and it asks to be started at first use.

    What stands in the status bar is seen at once; a gate must stand before the first command; and a channel whose media
    types only the code knows has to be asked.
    """
    return (
        manifest.activation is Activation.USE
        and bool(manifest.desktop)
        and not manifest.gate
        and not any(view.region is Region.STATUS_BAR for view in manifest.view)
        and all(channel.media_types for channel in manifest.channel)
    )


def serves(manifest: Manifest, media_types: Collection[str]) -> bool:
    """Whether the plugin brings a channel on which the agent is."""
    return any(media_type in media_types for channel in manifest.channel for media_type in channel.media_types)


def needed(manifests: Sequence[Manifest], wanted: Iterable[str]) -> set[str]:
    """Plugins and all that they require, directly or not, whether or not it could wait by itself."""
    required = _required(manifests)
    return _with_all(wanted, required) & required.keys()


def allowed(manifests: Sequence[Manifest], may: Callable[[str], bool]) -> set[str]:
    """Plugins that the agent's privileges allow, and whose required plugins they allow as well."""
    required = _required(manifests)
    found = {one.id for one in manifests if not one.only_with_privilege or may(one.only_with_privilege)}
    return {id_ for id_ in found if _with_all([id_], required) <= found}


def _required(manifests: Sequence[Manifest]) -> dict[str, tuple[str, ...]]:
    """What each plugin requires: plugins, and those that provide the tokens."""
    having = providers(manifests)
    return {
        one.id: (
            *plugins_in(one.requires),
            *(first for token in (*tokens_in(one.requires), *one.replaces) for first in having.get(token, ())[:1]),
        )
        for one in manifests
    }


def _with_all(wanted: Iterable[str], required: Mapping[str, Sequence[str]]) -> set[str]:
    found: set[str] = set()
    to_visit = list(wanted)
    while to_visit:
        id_ = to_visit.pop()
        if id_ not in found:
            found.add(id_)
            to_visit += required.get(id_, ())
    return found
