"""What is said. No Qt, so that it can be tested without a window."""

from workloom.api import Services


def greet(services: Services) -> str:
    """A greeting for the agent, with the number of open items. Asks the services, which may block."""
    me = services.configuration.me()
    count = len(services.items.open_items())
    items = "no open items" if count == 0 else "1 open item" if count == 1 else f"{count} open items"
    return f"Hello {me.first_name or me.full_name}, {items}"
