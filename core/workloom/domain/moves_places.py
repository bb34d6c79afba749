"""Where an item may be put, and where it goes when its agent lets go of it."""

from workloom.domain.commands import PlaceInWorkbin
from workloom.domain.errors import NotAllowed, NotFound, Refused
from workloom.domain.interaction import Interaction
from workloom.domain.moves_base import Circumstances, singular
from workloom.domain.options import OptionSet
from workloom.domain.pages import WorkbinNode
from workloom.domain.privileges import USE_WORKBINS
from workloom.domain.resting import Viewer, owners_for, workbin_title
from workloom.domain.sentences import sentence
from workloom.domain.site import Site, Workbin
from workloom.domain.workbin_access import TEAM, named_workbins, section_of, takes


def owner_to_put(item: Interaction, command: PlaceInWorkbin, circumstances: Circumstances) -> str:
    """The owner of the workbin into which the caller puts the item. NotFound, NotAllowed, Refused."""
    site, viewer = circumstances.site, circumstances.viewer
    workbin = site.workbins.get(command.workbin)
    if workbin is None:
        raise NotFound(sentence("There is no workbin “{workbin}”.", workbin=command.workbin))
    own = owners_for(site, workbin, viewer)
    owner = command.owner or (own[0] if own else "")
    title = workbin_title(site, command.workbin)
    section = section_of(site, command.workbin, owner, viewer) if owner else ""
    if not section:
        raise NotAllowed(
            sentence("You may not put items into the workbin “{title}” there.", title=title), privilege=USE_WORKBINS
        )
    if section != TEAM and not _takes(workbin, owner, item, circumstances):
        raise Refused(
            sentence("The workbin “{title}” is not for {kind:within} items.", title=title, kind=singular(item, site))
        )
    return owner


def in_progress_place(site: Site, item: Interaction, options: OptionSet, viewer: Viewer) -> tuple[str, str] | None:
    """Workbin and owner where an open item is saved, None if the options name none that the viewer has and may use."""
    if USE_WORKBINS not in viewer.privileges:
        return None
    name = f"workbin.{item.media_type}.in-progress"
    workbin = site.workbins.get(options.text(name)) if name in options.names() else None
    owners = owners_for(site, workbin, viewer) if workbin else ()
    return (workbin.name, owners[0]) if workbin and owners else None


def _takes(workbin: Workbin, owner: str, item: Interaction, circumstances: Circumstances) -> bool:
    node = WorkbinNode(workbin=workbin.name, owner=owner, owner_kind=workbin.owner, title="", section="")
    return takes(node, named_workbins(circumstances.site, circumstances.options), item.media_type)
