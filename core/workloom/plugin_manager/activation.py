"""Which plugins an agent may have, which of them are needed at once, and which wait until they are used."""

from collections.abc import Callable, Collection, Iterable, Sequence

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
    by_id = {manifest.id: manifest for manifest in manifests}
    having = providers(manifests)
    found: set[str] = set()
    to_visit = [id_ for id_ in wanted if id_ in by_id]
    while to_visit:
        id_ = to_visit.pop()
        if id_ in found or id_ not in by_id:
            continue
        found.add(id_)
        manifest = by_id[id_]
        to_visit += plugins_in(manifest.requires)
        for token in (*tokens_in(manifest.requires), *manifest.replaces):
            to_visit += having.get(token, ())[:1]
    return found


def allowed(manifests: Sequence[Manifest], may: Callable[[str], bool]) -> set[str]:
    """Plugins that the agent's privileges allow, and whose required plugins they allow as well."""
    by_id = {one.id: one for one in manifests}
    found = {id_ for id_, one in by_id.items() if not one.only_with_privilege or may(one.only_with_privilege)}

    def has_all(id_: str) -> bool:
        return all(one in found and set(plugins_in(by_id[one].requires)) <= found for one in needed(manifests, [id_]))

    return {id_ for id_ in found if has_all(id_)}
