"""What the sender hears of a transfer: that it was taken, or that it was not and why. No Qt."""

from workloom.api import Event, EventKind, Notice, Say, Services, Tone


def answer(services: Services, say: Say, event: Event) -> Notice | None:
    """The notice for the caller, None when the event is no answer to a transfer of the caller's. Blocks."""
    if event.person != services.configuration.me().name:
        return None
    if event.kind is EventKind.TRANSFER_REFUSED:
        return _refused(services, say, event)
    if event.kind is EventKind.TRANSFERRED and event.detail.get("reason") == "accepted":
        who, subject = _name(services, str(event.detail.get("to", ""))), services.items.get(event.item).item.subject
        return Notice(title=say("{person} accepted", person=who), text=subject, tone=Tone.SUCCESS, about=event.item)
    return None


def _refused(services: Services, say: Say, event: Event) -> Notice | None:
    item = services.items.get(event.item).item
    if item.assigned_to != event.person:
        return None  # it has left the sender as well, and that is said elsewhere
    media = {media.name: media.singular for media in services.configuration.media_types()}
    still = say("The {item:within} is still yours.", item=media.get(item.media_type) or say("item"))
    reason = str(event.detail.get("reason", ""))
    if reason == "canceled":
        return Notice(title=say("Transfer withdrawn"), text=still, about=item.id)
    who = _name(services, str(event.detail.get("agent", "")))
    return Notice(
        title=say("Transfer not taken"),
        text=f"{_why_not(reason, who, say)} {still}",
        facts=((item.number, item.subject),),
        tone=Tone.WARNING,
        about=item.id,
    )


def _why_not(reason: str, who: str, say: Say) -> str:
    return {
        "declined": say("{person} did not accept.", person=who),
        "expired": say("{person} did not answer.", person=who),
        "logged-off": say("{person} has logged off.", person=who),
        "agent-lost": say("{person} is not connected any more.", person=who),
        "logged-in-elsewhere": say("{person} has logged in anew.", person=who),
    }.get(reason) or say("{person} did not take it.", person=who)


def _name(services: Services, user: str) -> str:
    person = services.configuration.person(user)
    return person.full_name if person else user
