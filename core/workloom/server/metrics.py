"""What a node counts and measures, for Prometheus. Names of routes, queues and problems only: no customer data."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 5.0, 10.0)


class _Waiting(Collector):
    """Items that wait in each queue, counted when somebody asks."""

    def __init__(self, waiting: Callable[[], Mapping[str, int]]) -> None:
        self._waiting = waiting

    def describe(self) -> Iterator[Metric]:
        """Without it the registry would ask for the figures when it is told of them."""
        yield GaugeMetricFamily("workloom_queue_waiting", "Items that wait in a queue.", labels=["queue"])

    def collect(self) -> Iterator[Metric]:
        family = GaugeMetricFamily("workloom_queue_waiting", "Items that wait in a queue.", labels=["queue"])
        for queue, number in self._waiting().items():
            family.add_metric([queue], number)
        yield family


class Metrics:
    """The figures of one node, in a registry of its own: tests run several nodes in one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "workloom_requests", "Answered requests.", ["route", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "workloom_request_seconds", "Time to the answer.", ["route"], buckets=_SECONDS, registry=self._registry
        )
        self.sockets = Gauge("workloom_sockets", "Open event sockets.", registry=self._registry)
        self.cut_off = Counter(
            "workloom_sockets_ended", "Event sockets that the node has ended.", ["reason"], registry=self._registry
        )
        self.events = Counter(
            "workloom_events", "Events of the log, as the node saw them.", ["kind"], registry=self._registry
        )
        self.frames = Counter("workloom_frames", "Frames of news that were sent.", registry=self._registry)

    def watch_queues(self, waiting: Callable[[], Mapping[str, int]]) -> None:
        """Ask `waiting` for the items of each queue whenever the figures are read."""
        self._registry.register(_Waiting(waiting))

    def answered(self, route: str, status: int, seconds: float) -> None:
        """A request has been answered."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """All figures in the text format of Prometheus."""
        return generate_latest(self._registry)
