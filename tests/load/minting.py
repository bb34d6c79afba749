"""Sessions and tokens made at set-up, past the passwords: what is measured is the work, not the login."""

from datetime import UTC, datetime, timedelta

from workloom.adapters.ids import SystemIds
from workloom.bootstrap.engine import Engine
from workloom.services.digests import digest
from workloom.services.ports_login import LoginTicket
from workloom.services.tokens import Tokens


def minted(engine: Engine, tokens: Tokens, names: list[str]) -> dict[str, str]:
    """A token for each person, logged in on all channels."""
    until, ids = datetime.now(UTC) + timedelta(minutes=10), SystemIds()
    tickets = {name: ids.new("login") for name in names}
    with engine.store.transaction() as transaction:
        for name, ticket in tickets.items():
            transaction.logins.keep_ticket(digest(ticket), LoginTicket(person=name, until=until))
    channels = tuple(engine.configuration.site().media_types)
    return {name: tokens.log_in(engine.login, ticket, "", channels)[1] for name, ticket in tickets.items()}
