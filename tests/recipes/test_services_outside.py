"""Customisations that speak with other programs: a service knows dispositions, a program changes the state."""

import json
import logging
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from workloom.api import Site
from workloom.testing import Office, site, with_options
from workloom.testing.desktop import Agent, HeadlessDesktop

TREE = [{"name": "paid", "title": "Paid", "values": [{"name": "in-full", "title": "In full"}]}, {"name": "denied"}]


class TestRestDispositions:
    """Dispositions of a service."""

    recipe = "rest_dispositions"

    @pytest.fixture
    def address(self) -> Iterator[str]:
        """A service that knows the dispositions of claims."""

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(json.dumps(TREE if self.path.endswith("?kind=claim") else []).encode())

            def log_message(self, *_words: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/dispositions"
        server.shutdown()
        thread.join()
        server.server_close()

    def test_the_tree_of_the_service_is_offered_and_taken(
        self, office: Office, desktop: HeadlessDesktop, address: str
    ) -> None:
        # begin rest_dispositions
        office.change(with_options({"rest-dispositions.address": address, "claim.disposition.is-free": True}))
        agent = desktop.log_in("ann")
        office.submit()
        item = agent.accept()
        agent.wait_for("In full")
        agent.choose("denied", "Disposition")
        agent.until("the disposition", lambda: office.item(item).disposition == "denied")
        # end

    def test_a_service_that_is_away_leaves_those_of_the_site(self, office: Office, desktop: HeadlessDesktop) -> None:
        office.change(with_options({"rest-dispositions.address": "http://127.0.0.1:1/"}))
        agent = desktop.log_in("ann")
        office.submit()
        agent.accept()
        agent.choose("refused", "Disposition")
        assert desktop.faults() == ()


class TestRemoteControl:
    """The state from outside."""

    recipe = "remote_control"

    @pytest.fixture
    def office_site(self) -> Site:
        """The small site with a token, on any port."""
        return with_options({"remote-control.token": "secret", "remote-control.port": 0})(site())

    def test_another_program_changes_the_state(self, agent: Agent, caplog: pytest.LogCaptureFixture) -> None:
        said = next(record.getMessage() for record in caplog.get_records("setup") if "port" in record.getMessage())
        port = said.rpartition(" ")[2]
        # begin remote_control
        headers = {"Authorization": "Bearer secret"}
        request = Request(f"http://127.0.0.1:{port}/not-ready", method="POST", headers=headers)
        with urlopen(request, timeout=5) as answer:  # noqa: S310
            assert answer.read() == b"claim: not-ready\nfax: not-ready"
        agent.wait_for("You are not ready on any channel.")
        # end
        with pytest.raises(HTTPError, match="401"):
            urlopen(f"http://127.0.0.1:{port}/", timeout=5)

    @pytest.fixture(autouse=True)
    def _logged(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.INFO, logger="workloom.plugin.remote_control")
