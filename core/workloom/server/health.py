"""What those ask who run the node: whether it lives, whether it takes desktops, and its figures."""

from collections.abc import Iterator
from hmac import compare_digest

from anyio import CapacityLimiter
from starlette.routing import Route

from workloom.domain.errors import ServiceFailed, SessionEnded
from workloom.server.metrics import CONTENT_TYPE, Metrics
from workloom.server.request import Answer, Incoming, Requests
from workloom.services.ports import Store
from workloom.wire import MEDIA_PROBLEM, encode, problem_of


class Health:
    """`/health`, `/ready`, `/metrics`. `draining` is set when the node goes: it is alive, and not ready any more."""

    def __init__(self, store: Store, metrics: Metrics, metrics_token: str = "") -> None:
        self._store = store
        self._metrics = metrics
        self._metrics_token = metrics_token.encode()
        self.draining = False

    def routes(self, requests: Requests) -> Iterator[Route]:
        """All three. They wait for no desktop: a node whose threads all wait for the database lives all the same."""
        alive, reading = CapacityLimiter(1), CapacityLimiter(2)
        yield Route("/health", requests.endpoint("health", self._alive, limiter=alive), methods=["GET"])
        yield Route("/ready", requests.endpoint("ready", self._ready, limiter=reading), methods=["GET"])
        yield Route("/metrics", requests.endpoint("metrics", self._figures, limiter=reading), methods=["GET"])

    def _alive(self, incoming: Incoming) -> Answer:
        return Answer(body=encode({"status": "alive"}))

    def _ready(self, incoming: Incoming) -> Answer:
        if self.draining:
            problem = problem_of(ServiceFailed("This node stops. Use another one."), status=503)
            return Answer(body=encode(problem), status=503, media_type=MEDIA_PROBLEM)
        with self._store.reading() as reader:
            reader.events.last()
        return Answer(body=encode({"status": "ready"}))

    def _figures(self, incoming: Incoming) -> Answer:
        """Open to whoever reaches the node, unless the settings name a token."""
        if self._metrics_token and not compare_digest(incoming.bearer().encode(), self._metrics_token):
            raise SessionEnded("The figures need another token: that of the setting metrics_token.")
        return Answer(body=self._metrics.text(), media_type=CONTENT_TYPE)
