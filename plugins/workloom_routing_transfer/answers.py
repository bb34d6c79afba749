"""What the sender hears of a transfer: that it was taken, or that it was not and why. No Qt."""

from typing import Final

from workloom.api import Event, EventKind, Notice, Services, Tone

_WHY_NOT: Final = {
    "declined": "did not accept",
    "expired": "did not answer",
    "logged-off": "has logged off",
    "agent-lost": "is not connected any more",
    "logged-in-elsewhere": "has logged in anew",
}


def answer(services: Services, event: Event) -> Notice | None:
    """The notice for the caller, None when the event is no answer to a transfer of the caller's. Blocks."""
    if event.person != services.configuration.me().name:
        return None
    if event.kind is EventKind.TRANSFER_REFUSED:
        return _refused(services, event)
    if event.kind is EventKind.TRANSFERRED and event.detail.get("reason") == "accepted":
        who, subject = _name(services, str(event.detail.get("to", ""))), services.items.get(event.item).item.subject
        return Notice(title=f"{who} accepted", text=subject, tone=Tone.SUCCESS, about=event.item)
    return None


def _refused(services: Services, event: Event) -> Notice | None:
    item = services.items.get(event.item).item
    if item.assigned_to != event.person:
        return None  # it has left the sender as well, and that is said elsewhere
    media = {media.name: media.singular.lower() for media in services.configuration.media_types()}
    still = f"The {media.get(item.media_type, 'item')} is still yours."
    reason = str(event.detail.get("reason", ""))
    if reason == "canceled":
        return Notice(title="Transfer withdrawn", text=still, about=item.id)
    who = _name(services, str(event.detail.get("agent", "")))
    return Notice(
        title="Transfer not taken",
        text=f"{who} {_WHY_NOT.get(reason, 'did not take it')}. {still}",
        facts=((item.number, item.subject),),
        tone=Tone.WARNING,
        about=item.id,
    )


def _name(services: Services, user: str) -> str:
    person = services.configuration.person(user)
    return person.full_name if person else user
