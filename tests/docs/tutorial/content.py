"""What the panel says. No Qt, so that it is tested without a window."""

from workloom.api import EventKind, Services, wording


def content(services: Services, item: str) -> dict[str, str]:
    """A value for each label, in order. Asks the services, which may block."""
    row = services.items.get(item)
    offers = sum(event.kind is EventKind.OFFERED for event in services.items.path(item))
    return {
        "Contact": row.contact or "Unknown contact",
        "Received": wording.full_moment(row.item.received_at),
        "Notes": str(len(services.items.notes(item))),
        "Offered": "once" if offers == 1 else f"{offers} times",
    }
