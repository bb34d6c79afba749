"""Whose request it is: the token of a desktop, looked up at each request so that a revocation holds at once."""

from workloom.server.limits import Limits
from workloom.server.request import Incoming
from workloom.services.ports import Store
from workloom.services.ports_login import Token
from workloom.services.tokens import Tokens


class DesktopAuthentication:
    """Finds the session of a request."""

    def __init__(self, store: Store, tokens: Tokens, limits: Limits) -> None:
        self._store = store
        self._tokens = tokens
        self._limits = limits

    def token_of(self, incoming: Incoming) -> Token:
        """The token that the request shows. SessionEnded; TooOften when its person asks too often."""
        token = self.of(incoming)
        self._limits.take(token.person)
        return token

    def of(self, incoming: Incoming) -> Token:
        """The token that the request shows, however often it asks. SessionEnded."""
        return self.known(incoming.bearer())

    def known(self, secret: str) -> Token:
        """What a token stands for. SessionEnded."""
        with self._store.reading() as reader:
            return self._tokens.known(reader, secret)
