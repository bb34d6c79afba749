"""What the toast says of an offered item."""

from datetime import datetime

from workloom.api import (
    Fact,
    ItemRow,
    MediaType,
    OptionSet,
    Say,
    Services,
    ToastContent,
    as_it_is,
    case_data,
    priority_words,
    privileges,
    wording,
)
from workloom_workitem.hand_overs import read_hand_overs

FACTS_AT_MOST = 5


def present(services: Services, row: ItemRow, now: datetime, say: Say = as_it_is) -> ToastContent:
    """The toast of an offer, with the options that its strategy may override. Blocks."""
    configuration = services.configuration
    options = configuration.options(row.item)
    media = {media.name: media for media in configuration.media_types()}
    content_of = options.words("toast.case-data.content")
    form_name = options.text("toast.case-data.format-business-attribute")
    form = configuration.business_attribute(form_name) if form_name else None
    parts = {
        "CaseData": tuple(
            Fact(label=field.title or field.name, value=case_data.in_words(field, value))
            for field in (form.values if form else ())
            if (value := row.item.attached.get(field.name)) not in (None, "")
        ),
        "History": _before(services, row, now, say) if "History" in content_of else (),
    }
    return content(
        row,
        media.get(row.item.media_type),
        options,
        facts=tuple(fact for name in content_of for fact in parts[name]),
        queue=next((queue.title or queue.name for queue in configuration.queues() if queue.name == row.item.queue), ""),
        may_decline=privileges.DECLINE in configuration.privileges(),
        now=now,
        say=say,
    )


def content(
    row: ItemRow,
    media: MediaType | None,
    options: OptionSet,
    *,
    facts: tuple[Fact, ...],
    queue: str,
    may_decline: bool,
    now: datetime,
    say: Say = as_it_is,
) -> ToastContent:
    """The toast from what was read."""
    item, kind = row.item, row.item.media_type
    automatic = options.flag(f"{kind}.auto-answer")
    preview = options.number(f"{kind}.auto-answer.timer")
    line = item.attached.get(options.text(f"{kind}.toast-information-key"))
    singular = media.singular if media else kind
    sender = item.offer.sender if item.offer else ""
    due = (_due(item.attributes.due_at, now, say),) if item.attributes.due_at else ()
    return ToastContent(
        title=say("{singular} transferred to you", singular=singular)
        if sender
        else say("{singular} offered", singular=singular),
        heading=row.contact or say("Unknown contact"),
        line=str(line) if line else item.subject,
        icon=media.icon if media else "",
        facts=(*facts, *due)[:FACTS_AT_MOST],
        badges=_badges(row, say),
        origin=queue,
        waiting_since=item.moved_to_queue_at,
        can_reject=may_decline and (not automatic or options.flag(f"{kind}.auto-answer.enable-reject")),
        seconds_to_accept=float(preview) if automatic else -1.0,
        frame_color=options.text("interaction.case-data.frame-color"),
        bell=options.text(f"{kind}.ringing-bell"),
    )


def _before(services: Services, row: ItemRow, now: datetime, say: Say) -> tuple[Fact, ...]:
    """The latest hand-over, and what the sender wrote to the next person."""
    latest = read_hand_overs(services, row.item.id, say)[-1:]
    facts = tuple(Fact(label=say("Before"), value=f"{each.words}, {wording.moment(each.at, now)}") for each in latest)
    note = row.item.offer.note if row.item.offer else ""
    return (*facts, Fact(label=say("Note"), value=note)) if note else facts


def _badges(row: ItemRow, say: Say) -> tuple[Fact, ...]:
    level = wording.priority_level(row.item.priority)
    badges = []
    if level >= 3:
        badges.append(
            Fact(
                label=say("Priority"),
                value=say("High priority") if level == 3 else priority_words(row.item.priority, say),
                icon=f"priority:{level}",
                tone="danger" if level == 4 else "warning",
            )
        )
    if row.item.attributes.customer_segment:
        badges.append(
            Fact(label=say("Segment"), value=row.item.attributes.customer_segment, icon="star", tone="warning")
        )
    return tuple(badges)


def _due(at: datetime, now: datetime, say: Say) -> Fact:
    due = wording.due(at, now, say=say)
    return Fact(label=say("Due"), value=", ".join(filter(None, (due.text, due.rest))), icon="clock", tone=due.tone)
