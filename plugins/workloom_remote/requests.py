"""What can be asked of a desktop from outside: the status, a change of it, an item to open. No Qt."""

from collections.abc import Callable
from typing import Any

from workloom.api import Context, Presence, Services, WorkloomError

Reply = Callable[[dict[str, Any]], None]
STATES = tuple(state.value for state in Presence if state is not Presence.LOGGED_OFF)


def answer(context: Context, request: dict[str, Any], reply: Reply) -> None:
    """Do what is asked, with the rights of the agent, and say what became of it. Any thread."""
    do, services = request.get("do"), context.services

    def failed(error: WorkloomError) -> None:
        reply({"error": str(error)})

    if do == "status":
        context.read(lambda: status(services), reply, failed)
    elif do == "set-state":
        wanted = str(request.get("state", ""))
        if wanted not in STATES:
            reply({"error": f"There is no state “{wanted}”. There is {', '.join(STATES)}."})
            return
        reason, channel = str(request.get("reason", "")), str(request.get("channel", ""))

        def change(_none: None) -> None:
            context.desktop.set_state(Presence(wanted), reason=reason, media_type=channel)
            reply({"asked": wanted})

        context.read(lambda: None, change, failed)
    elif do == "open":
        item = str(request.get("item", ""))

        def show(_row: object) -> None:
            context.desktop.open_item(item)
            reply({"opened": item})

        context.read(lambda: services.items.get(item), show, failed)
    else:
        reply({"error": "Expected “do” to be status, set-state or open."})


def status(services: Services) -> dict[str, Any]:
    """How the agent stands. Blocks."""
    session = services.presence.session()
    return {
        "agent": session.person,
        "place": session.place,
        "channels": {
            channel.media_type: {"state": channel.state.value, "reason": channel.reason} for channel in session.channels
        },
        "open": [item.id for item in services.items.open_items()],
    }
