"""Where an item rests, in words, and whether somebody may open it there: pure functions of item, site and viewer."""

from datetime import datetime

from msgspec import Struct

from workloom.domain.interaction import Interaction, Outcome, State
from workloom.domain.options import OptionSet
from workloom.domain.privileges import PULL_FROM_QUEUE, PULL_NOT_OWNED, PULL_SHARED, USE_CHANNEL, USE_WORKBINS
from workloom.domain.sentences import sentence
from workloom.domain.site import Person, Site, Workbin

AGENT, GROUP, PLACE, PLACE_GROUP = "agent", "agent-group", "place", "place-group"
"""Kinds of workbin owner."""

SOURCE = "source:"
"""Prefix of an event's actor that is a capture point."""


class Viewer(Struct, frozen=True, kw_only=True):
    """Who looks: the person, the place where the person sits, and what the person may do."""

    person: Person
    place: str = ""
    privileges: frozenset[str] = frozenset()


class Openness(Struct, frozen=True, kw_only=True):
    """Whether the item may be opened now; if not, why, and the privilege that would allow it."""

    can_open: bool
    reason: str = ""
    privilege: str = ""


OPEN = Openness(can_open=True)


def person_title(site: Site, name: str) -> str:
    """Full name of a person, else the user name (of somebody who has left the site)."""
    person = site.persons.get(name)
    return person.full_name if person else name


def queue_title(site: Site, name: str) -> str:
    """What people call a queue."""
    queue = site.queues.get(name)
    return (queue.title if queue else "") or name


def workbin_title(site: Site, name: str) -> str:
    """What people call a workbin."""
    workbin = site.workbins.get(name)
    return (workbin.title if workbin else "") or name


def media_plural(site: Site, name: str) -> str:
    """`Claims` for the media type `claim`; `{kinds:within}` of a sentence makes them `claims`."""
    media_type = site.media_types.get(name)
    return media_type.title if media_type else name


def owners_for(site: Site, workbin: Workbin, viewer: Viewer) -> tuple[str, ...]:
    """Owners of the workbin that are or include the viewer."""
    owners = _owners_of_kind(site, workbin, viewer)
    return tuple(owner for owner in owners if owner in workbin.owners) if workbin.owners else owners


def _owners_of_kind(site: Site, workbin: Workbin, viewer: Viewer) -> tuple[str, ...]:
    if workbin.owner == AGENT:
        return (viewer.person.name,)
    if workbin.owner == GROUP:
        return tuple(group for group in viewer.person.groups if group in site.groups)
    if workbin.owner == PLACE:
        return (viewer.place,) if viewer.place else ()
    place = site.places.get(viewer.place)
    return (place.group,) if place and place.group else ()


def is_own(site: Site, workbin: str, owner: str, viewer: Viewer) -> bool:
    """Whether the workbin is one of the viewer alone."""
    return kind_of(site, workbin) == AGENT and owner == viewer.person.name


def is_shared_with(site: Site, workbin: str, owner: str, viewer: Viewer) -> bool:
    """Whether the workbin belongs to a group or place that includes the viewer."""
    known = site.workbins.get(workbin)
    return known is not None and known.owner != AGENT and owner in owners_for(site, known, viewer)


def kind_of(site: Site, workbin: str) -> str:
    """The kind of owner; a workbin that the site no longer has counts as one of an agent, the narrowest."""
    known = site.workbins.get(workbin)
    return known.owner if known else AGENT


def team_of(site: Site, lead: str) -> tuple[Person, ...]:
    """People of the groups that somebody leads, without the lead, in the order of the site."""
    groups = {group.name for group in site.groups.values() if lead in group.leads}
    return tuple(
        person for person in site.persons.values() if person.name != lead and not groups.isdisjoint(person.groups)
    )


def where_it_rests(item: Interaction, site: Site, viewer: Viewer, finished_by: str = "") -> str:
    """`Your workbin “In progress”`, `Queue “Claims – Experts”`, `With Jonas Brandt`, `Done by Samira Haddad`.

    `finished_by` is the actor of the event that finished the item. How long it is there is said by the caller, who
    knows the present moment: `ItemRow.where_at`.
    """
    match item.state:
        case State.FINISHED:
            return _finished(item, site, viewer, finished_by)
        case State.HANDLING:
            return f"With {_name(site, item.assigned_to, viewer)}"
        case State.OFFERED:
            agent = item.offer.agent if item.offer else ""
            return f"Offered to {_name(site, agent, viewer)}" if agent else "Being routed"
        case State.IN_WORKBIN:
            return _in_workbin(item, site, viewer)
        case _:
            held = ", held" if item.is_held else ""
            return f"Queue “{queue_title(site, item.queue)}”{held}"


def rests_since(item: Interaction) -> datetime | None:
    """From when the time in a queue or with an agent counts; None where a list says no time."""
    if item.state is State.QUEUED:
        return item.moved_to_queue_at
    return item.assigned_at if item.state is State.HANDLING else None


def may_open(item: Interaction, site: Site, viewer: Viewer) -> Openness:
    """Whether the viewer may pull the item from where it rests: what the service checks at the pull."""
    if item.state is State.FINISHED:
        return Openness(can_open=False, reason=sentence("This item is done. It can be reopened from the history."))
    if item.state is State.HANDLING:
        who, mine = person_title(site, item.assigned_to), item.assigned_to == viewer.person.name
        has = sentence("You have it open.") if mine else sentence("{who} has it open.", who=who)
        return Openness(can_open=False, reason=has)
    if item.state is State.OFFERED:
        agent = item.offer.agent if item.offer else ""
        who = _name(site, agent, viewer)
        return Openness(can_open=False, reason=sentence("It is offered to {who} at this moment.", who=who))
    if USE_CHANNEL not in viewer.privileges:
        return Openness(can_open=False, reason=sentence("You may not work on items."), privilege=USE_CHANNEL)
    privilege, reason = _needed(item, site, viewer)
    if privilege in viewer.privileges:
        return OPEN
    return Openness(can_open=False, reason=reason, privilege=privilege)


def may_open_from_history(item: Interaction, site: Site, viewer: Viewer, options: OptionSet) -> Openness:
    """The same from the history, where the option `<mt>.pull-from-history-isenabled` counts as well."""
    openness = may_open(item, site, viewer)
    name = f"{item.media_type}.pull-from-history-isenabled"
    enabled = item.media_type in site.media_types and options.flag(name)
    if openness.can_open and not enabled:
        kinds = media_plural(site, item.media_type)
        reason = sentence("Opening from the history is switched off for {kinds:within}.", kinds=kinds)
        return Openness(can_open=False, reason=reason)
    return openness


def _needed(item: Interaction, site: Site, viewer: Viewer) -> tuple[str, str]:
    """The privilege for the place where the item rests, and what to say without it."""
    if item.state is not State.IN_WORKBIN:
        return PULL_FROM_QUEUE, sentence("You may not open items from queues.")
    if is_own(site, item.workbin, item.workbin_owner, viewer):
        return USE_WORKBINS, sentence("You may not use workbins.")
    if is_shared_with(site, item.workbin, item.workbin_owner, viewer):
        return PULL_SHARED, sentence("You may not open items from shared workbins.")
    if kind_of(site, item.workbin) == AGENT:
        owner = person_title(site, item.workbin_owner)
        return PULL_NOT_OWNED, sentence(
            "You may not open items from workbins of other people. Ask {owner} to transfer it.", owner=owner
        )
    return PULL_NOT_OWNED, sentence("You may not open items from workbins of other groups and places.")


def _in_workbin(item: Interaction, site: Site, viewer: Viewer) -> str:
    title = workbin_title(site, item.workbin)
    if is_own(site, item.workbin, item.workbin_owner, viewer):
        return f"Your workbin “{title}”"
    kind = kind_of(site, item.workbin)
    owner = person_title(site, item.workbin_owner) if kind == AGENT else item.workbin_owner
    return f"Workbin “{title}”" if owner in ("", title) else f"Workbin “{title}”, {owner}"


def _finished(item: Interaction, site: Site, viewer: Viewer, finished_by: str) -> str:
    verb = {Outcome.CANCELED: "Canceled", Outcome.REJECTED: "Rejected"}.get(item.outcome, "Done")
    if finished_by.startswith(SOURCE):
        name = finished_by.removeprefix(SOURCE)
        point = site.capture_points.get(name)
        return f"{verb} by the source “{(point.title if point else '') or name}”"
    if not finished_by or finished_by == "service":
        return verb
    return f"{verb} by {_name(site, finished_by, viewer)}"


def _name(site: Site, name: str, viewer: Viewer) -> str:
    if not name:
        return sentence("somebody")
    return sentence("you") if name == viewer.person.name else person_title(site, name)
