"""The tables of a manifest: options, privileges, and what the plugin adds to the desktop, each by its id.

A contribution is told in two halves: what can be known without running the plugin stands in the manifest, and the
functions are in the declaration of the same id that a hook returns; `declared.py` joins them.
"""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from workloom.api.contributions import ActionPlace, Region
from workloom.api.gates import GatedCommand
from workloom.domain.events import EventKind
from workloom.domain.options import OptionType, TakesEffect

Text = Annotated[str, Meta(min_length=1)]
Kind = Literal["", "media-type", "queue", "workbin", "business-attribute", "agent-group", "person", "reason"]
"""Kinds of objects of a site that the value of an option can name."""


class Activation(StrEnum):
    """When a plugin is started for an agent."""

    LOGIN = "login"
    USE = "use"  # when something that it brings is first used


class Table(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True, omit_defaults=True):
    """What all tables have in common: keys in kebab case, and none but those below."""


class BackendTable(Table, frozen=True, kw_only=True):
    """`[[backend]]`: a way to services, for addresses of these schemes. The hook `backends` brings its function."""

    id: Text
    schemes: Annotated[tuple[Annotated[str, Meta(pattern=r"^[a-z][a-z0-9+.-]*$")], ...], Meta(min_length=1)]


class EventReaderTable(Table, frozen=True, kw_only=True):
    """`[[event-reader]]`: reads the log of events. The hook `event_readers` brings its function."""

    id: Text
    kinds: tuple[EventKind, ...] = ()
    batch: Annotated[int, Meta(ge=1, le=500)] = 200


Color = Annotated[str, Meta(pattern=r"^#[0-9A-Fa-f]{6}$")]


class ColorsTable(Table, frozen=True, kw_only=True):
    """Colours of a theme as `#RRGGBB`; those that are left out stay as they are."""

    accent: Color = ""
    accent_hover: Color = ""
    accent_soft: Color = ""
    accent_text: Color = ""
    on_accent: Color = ""
    selected: Color = ""
    focus: Color = ""
    brand: Color = ""
    brand_line: Color = ""
    on_brand: Color = ""

    def given(self) -> dict[str, str]:
        """Those that are there, by the name of the colour."""
        return {name.replace("_", "-"): getattr(self, name) for name in self.__struct_fields__ if getattr(self, name)}


class BrandingTable(Table, frozen=True, kw_only=True):
    """`[branding]`: logo, name of the product and colours. No hook: this is all."""

    logo: str = ""
    product: str = ""
    light: ColorsTable = ColorsTable()
    dark: ColorsTable = ColorsTable()


class OptionTable(Table, frozen=True, kw_only=True):
    """`[[option]]`: an option that the plugin reads. `name` may hold `<mt>`, any media type, and `<nickname>`."""

    name: Text
    type: OptionType
    default: bool | int | str | tuple[str, ...]
    meaning: Text
    allowed: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    takes_effect: TakesEffect = TakesEffect.NEXT_INTERACTION
    strategy: bool = False
    refers_to: Kind = ""
    pattern: str = ""
    form: str = ""


class PrivilegeTable(Table, frozen=True, kw_only=True):
    """`[[privilege]]`: a privilege that roles can grant and the plugin asks for."""

    name: Text
    meaning: Text


class ActionTable(Table, frozen=True, kw_only=True):
    """`[[action]]`: something the agent can do, in toolbars and menus. The hook `actions` brings its functions."""

    id: Text
    title: Text
    places: Annotated[tuple[ActionPlace, ...], Meta(min_length=1)]
    icon: str = ""
    key: str = ""
    list_key: str = ""
    primary: bool = False
    many: bool = False
    button: bool = True
    privilege: str = ""
    agent_groups: tuple[str, ...] = ()
    order: int = 500


class ActionFilterTable(Table, frozen=True, kw_only=True):
    """`[[action-filter]]`: hides or disables an action, or puts another one in its place. No hook: this is all."""

    id: Text
    action: Text
    instead: str = ""
    reason: str = ""
    media_types: tuple[str, ...] = ()
    subtypes: tuple[str, ...] = ()
    order: int = 500


class ViewTable(Table, frozen=True, kw_only=True):
    """`[[view]]`: a view in a region. The hook `views` brings its factory."""

    id: Text
    title: Text
    region: Region
    icon: str = ""
    privilege: str = ""
    agent_groups: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    subtypes: tuple[str, ...] = ()
    about: str = ""
    rail: bool = False
    order: int = 500


class InteractionViewTable(Table, frozen=True, kw_only=True):
    """`[[interaction-view]]`: a pane for open items. The hook `interaction_views` brings its factory."""

    id: Text
    media_types: tuple[str, ...] = ()
    subtypes: tuple[str, ...] = ()
    order: int = 500


class ChannelTable(Table, frozen=True, kw_only=True):
    """`[[channel]]`: a kind of work. The hook `channels` brings its words, and its media types if options say them."""

    id: Text
    media_types: tuple[str, ...] = ()
    order: int = 500


class GateTable(Table, frozen=True, kw_only=True):
    """`[[gate]]`: a check before or after commands and actions. The hook `gates` brings its functions."""

    id: Text
    title: str = ""
    commands: tuple[GatedCommand, ...] = ()
    actions: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    subtypes: tuple[str, ...] = ()
    on_ui_thread: bool = False
    seconds: Annotated[int, Meta(ge=1, le=60)] = 5
    order: int = 500


Declaration = ActionTable | GateTable | ViewTable | InteractionViewTable | ChannelTable
"""The half of a contribution that stands in the manifest."""
