"""Which workbins somebody sees, and which items go into them: pure functions of site, options and viewer."""

from collections.abc import Collection, Iterator

from msgspec import Struct

from workloom.domain.options import OptionSet
from workloom.domain.pages import WorkbinNode
from workloom.domain.privileges import USE_TEAM_WORKBINS, USE_WORKBINS
from workloom.domain.resting import (
    AGENT,
    Viewer,
    is_own,
    is_shared_with,
    kind_of,
    owners_for,
    person_title,
    team_of,
    workbin_title,
)
from workloom.domain.site import Site, Workbin

MY, SHARED, TEAM = "my", "shared", "team"
"""Sections of the explorer tree."""

IN_PROGRESS = "in-progress"
MAXIMUM_RESULTS = 500
"""Items of a workbin that no option names, as the option's default."""


class NamedWorkbin(Struct, frozen=True, kw_only=True):
    """A workbin that the options name for a media type."""

    media_type: str
    nickname: str
    workbin: str


def named_workbins(site: Site, options: OptionSet) -> tuple[NamedWorkbin, ...]:
    """What `workbin.<mt>.in-progress` and `.<nickname>` name: in progress first, then in the order of the site."""
    found = []
    for name in options.names():
        parts = name.split(".")
        if len(parts) == 3 and parts[0] == "workbin" and parts[1] in site.media_types:
            workbin = options.text(name)
            if workbin:
                found.append(NamedWorkbin(media_type=parts[1], nickname=parts[2], workbin=workbin))
    return tuple(sorted(found, key=lambda named: (named.nickname != IN_PROGRESS, _rank(site, named.workbin))))


def maximum_results(named: Collection[NamedWorkbin], workbin: str, options: OptionSet) -> int:
    """How many items a list of the workbin holds at most: the largest that its options say."""
    names = {f"workbin.{each.media_type}.{each.nickname}.max-results" for each in named if each.workbin == workbin}
    return max((options.number(name) for name in names.intersection(options.names())), default=MAXIMUM_RESULTS)


def section_of(site: Site, workbin: str, owner: str, viewer: Viewer) -> str:
    """The section in which the viewer sees the workbin; empty = the viewer does not see it."""
    if USE_WORKBINS in viewer.privileges:
        if is_own(site, workbin, owner, viewer):
            return MY
        if is_shared_with(site, workbin, owner, viewer):
            return SHARED
    if USE_TEAM_WORKBINS not in viewer.privileges or kind_of(site, workbin) != AGENT:
        return ""
    return TEAM if any(owner == member.name for member in team_of(site, viewer.person.name)) else ""


def own_nodes(
    site: Site, owner: str, options: OptionSet, holding: Collection[str], section: str
) -> Iterator[WorkbinNode]:
    """The agent's own workbins: those that the agent's options name, then others that hold items."""
    named = (each.workbin for each in named_workbins(site, options) if kind_of(site, each.workbin) == AGENT)
    others = sorted((name for name in holding if kind_of(site, name) == AGENT), key=lambda name: _rank(site, name))
    for workbin in dict.fromkeys((*named, *others)):
        yield WorkbinNode(
            workbin=workbin,
            owner=owner,
            owner_kind=AGENT,
            owner_title=person_title(site, owner),
            title=workbin_title(site, workbin),
            section=section,
        )


def shared_nodes(site: Site, viewer: Viewer) -> Iterator[WorkbinNode]:
    """Workbins of the viewer's groups and place, in the order of the site."""
    for workbin in site.workbins.values():
        if workbin.owner == AGENT:
            continue
        for owner in owners_for(site, workbin, viewer):
            yield WorkbinNode(
                workbin=workbin.name,
                owner=owner,
                owner_kind=workbin.owner,
                owner_title=owner,
                title=_shared_title(site, workbin, owner),
                section=SHARED,
            )


def takes(node: WorkbinNode, named: Collection[NamedWorkbin], media_type: str) -> bool:
    """Whether items of the media type belong there: an own workbin is named for it by the options; a shared one takes
    all, unless it is named for others.
    """
    media_types = {each.media_type for each in named if each.workbin == node.workbin}
    return media_type in media_types or (not media_types and node.owner_kind != AGENT)


def _shared_title(site: Site, workbin: Workbin, owner: str) -> str:
    """The workbin's title where it has one owner; the owner's name where it is the only one of its kind; else both."""
    title = workbin_title(site, workbin.name)
    if len(workbin.owners) == 1:
        return title
    alike = sum(1 for other in site.workbins.values() if other.owner == workbin.owner)
    return owner if alike == 1 else f"{title}, {owner}"


def _rank(site: Site, workbin: str) -> int:
    known = list(site.workbins)
    return known.index(workbin) if workbin in known else len(known)
