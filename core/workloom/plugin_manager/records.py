"""What the plugin manager keeps of one plugin while the process runs."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from workloom.api.plugins import Declared, PluginInfo, PluginState
from workloom.api.tokens import Provider
from workloom.plugin_manager.admission import Admission
from workloom.plugin_manager.discovery import Found
from workloom.plugin_manager.manifest import Manifest
from workloom.plugin_manager.manifest_tables import BrandingTable
from workloom.plugin_manager.scope import PluginScope

OFF_AT_START: Final = "It was switched off for this start."


class Record(Struct, kw_only=True):
    """One plugin. `kind` is its class once imported, `hooks` that with its own hooks, `providers` those of the class.

    `scope` undoes what it has in the process while it runs.
    """

    found: Found
    manifest: Manifest | None
    state: PluginState
    reason: str = ""
    imported: bool = False
    kind: type | None = None
    hooks: type | None = None
    providers: Mapping[str, Provider] = {}
    scope: PluginScope | None = None

    @property
    def id(self) -> str:
        """The plugin's id, which is the name of its entry point."""
        return self.found.candidate.name

    @property
    def is_able(self) -> bool:
        """Whether it runs or could."""
        return self.state in (PluginState.READY, PluginState.RUNNING)

    def info(self) -> PluginInfo:
        """The plugin as the shell and the tools see it."""
        manifest = self.manifest
        if manifest is None:
            return PluginInfo(
                id=self.id,
                name=self.id,
                state=self.state,
                package=self.found.candidate.package,
                manifest=self.found.file,
                reason=self.reason,
            )
        return PluginInfo(
            id=self.id,
            name=manifest.name,
            state=self.state,
            package=self.found.candidate.package,
            version=manifest.version,
            api_level=manifest.api_level,
            summary=manifest.summary,
            requires=manifest.requires,
            optional=manifest.optional,
            provides=manifest.provides,
            replaces=manifest.replaces,
            privileges=tuple((privilege.name, privilege.meaning) for privilege in manifest.privilege),
            options=tuple(option.name for option in manifest.option),
            contributions=_declared(manifest),
            manifest=self.found.file,
            reason=self.reason,
        )


def _declared(manifest: Manifest) -> tuple[Declared, ...]:
    """What the manifest says that the plugin adds to the desktop."""
    views = (Declared(kind="view", id=view.id, title=view.title, where=(view.region.value,)) for view in manifest.view)
    actions = (
        Declared(kind="action", id=one.id, title=one.title, where=tuple(one.places), key=one.key)
        for one in manifest.action
    )
    panes = (
        Declared(kind="interaction-view", id=one.id, where=(*one.media_types, *one.subtypes))
        for one in manifest.interaction_view
    )
    gates = (
        Declared(kind="gate", id=one.id, title=one.title, where=(*one.commands, *one.actions)) for one in manifest.gate
    )
    channels = (Declared(kind="channel", id=one.id, where=one.media_types) for one in manifest.channel)
    return (*channels, *panes, *views, *actions, *gates, *_beyond_windows(manifest))


def _beyond_windows(manifest: Manifest) -> Iterator[Declared]:
    """What needs no hook of the desktop."""
    for one in manifest.action_filter:
        off = "off" if one.reason else "hidden"
        does = f"{one.action} becomes {one.instead}" if one.instead else f"{one.action} is {off}"
        yield Declared(kind="action-filter", id=one.id, title=does, where=(*one.media_types, *one.subtypes))
    for reader in manifest.event_reader:
        yield Declared(kind="event-reader", id=reader.id, where=tuple(kind.value for kind in reader.kinds))
    if manifest.branding != BrandingTable():
        yield Declared(kind="branding", id=f"{manifest.id}.branding", title=manifest.branding.product)


def records_of(
    found: tuple[Found, ...], admission: Admission, kept: Mapping[str, tuple[PluginState, str]]
) -> tuple[Record, ...]:
    """Records in the order of the plugins; those that are off or refused come last, by id.

    `kept`: state and reason of those that are off for longer than this start.
    """
    by_name = {one.candidate.name: one for one in found}
    ready = [
        Record(found=by_name[manifest.id], manifest=manifest, state=PluginState.READY) for manifest in admission.order
    ]
    off = [
        Record(found=one, manifest=one.manifest, state=state, reason=one.problem or reason)
        for one in admission.off
        for state, reason in [kept.get(one.candidate.name, (PluginState.OFF, OFF_AT_START))]
    ]
    refused = [
        Record(found=one, manifest=one.manifest, state=PluginState.REFUSED, reason=reason)
        for one, reason in admission.refused
    ]
    return (*ready, *off, *refused)
