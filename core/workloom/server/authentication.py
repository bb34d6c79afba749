"""Whose request it is: the session that the token of a desktop stands for."""

from workloom.server.limits import Limits
from workloom.server.request import Incoming
from workloom.server.strangers import Strangers
from workloom.services.ports_login import Token
from workloom.services.tokens import Tokens


class DesktopAuthentication:
    """Finds the session of a request. Whether it has ended is read by the service that is called."""

    def __init__(self, tokens: Tokens, limits: Limits, strangers: Strangers) -> None:
        self._tokens = tokens
        self._limits = limits
        self._strangers = strangers

    def token_of(self, incoming: Incoming) -> Token:
        """The token that the request shows. SessionEnded; TooOften when its person asks too often."""
        token = self.of(incoming)
        self._limits.take(token.person)
        return token

    def of(self, incoming: Incoming) -> Token:
        """The token that the request shows, however often it asks. SessionEnded; TooOften as of `known`."""
        return self.known(incoming.bearer(), incoming.address)

    def known(self, secret: str, address: str) -> Token:
        """What a token stands for. SessionEnded; TooOften when the address has shown too many unknown ones."""
        remembered = self._tokens.remembered(secret)
        return remembered or self._strangers.ask(address, secret, self._tokens.session_of)
