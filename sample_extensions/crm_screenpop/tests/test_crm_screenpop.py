"""The customer beside an open item, from a real CRM on this computer that can be slow, broken or away."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from crm_screenpop.client import Crm, CrmTrouble

from workloom.testing import Office, with_options, without_privileges
from workloom.testing.desktop import Agent, HeadlessDesktop

VIEW = "crm_screenpop.customer"
EVA = {"name": "Eva Moser", "segment": "Gold", "since": "2019", "phone": "+43 316 17", "url": "https://crm.example/1"}


class CrmServer:
    """Answers with `customers` by number; while `go_on` is not set, not at all. `asked` counts."""

    def __init__(self) -> None:
        self.customers: dict[str, Any] = {"C-1": EVA}
        self.broken = False
        self.asked = 0
        self.drips = 0.0
        self.go_on = threading.Event()
        self.go_on.set()
        server = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked += 1
                server.go_on.wait(20)
                customer = server.customers.get(self.path.rpartition("/")[2])
                try:
                    self.send_response(500 if server.broken else 404 if customer is None else 200)
                    self.end_headers()
                    for byte in json.dumps(customer).encode() if server.drips else ():
                        self.wfile.write(bytes([byte]))
                        time.sleep(server.drips)
                    if not server.drips:
                        self.wfile.write(json.dumps(customer).encode())
                except OSError:  # who asked did not wait
                    self.close_connection = True

            def log_message(self, *_words: object) -> None:
                """Say nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self._http.server_port}/customers/{{customer}}"
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def close(self) -> None:
        """Go away."""
        self.go_on.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


@pytest.fixture
def crm(office: Office) -> Iterator[CrmServer]:
    """A CRM whose address is set up in the site."""
    server = CrmServer()
    office.change(with_options({"crm-screenpop.address": server.address, "crm-screenpop.timeout": 1}))
    yield server
    server.close()


def open_item(office: Office, agent: Agent, customer: str = "C-1") -> str:
    """An item of a customer, open in front with the panel beside it."""
    office.submit(attached={"Customer": customer})
    item = agent.accept()
    agent.click("Customer")
    return item


def test_the_panel_shows_the_customer_with_a_link(
    office: Office, crm: CrmServer, agent: Agent, desktop: HeadlessDesktop
) -> None:
    open_item(office, agent)
    for words in ("Eva Moser", "Gold", "2019", "+43 316 17", "Open in the CRM"):
        agent.reads_in(VIEW, words)
    agent.click("Open in the CRM")
    assert desktop.opened == [EVA["url"]]


def test_a_second_look_at_the_same_customer_asks_no_more(office: Office, crm: CrmServer, agent: Agent) -> None:
    first = open_item(office, agent)
    agent.reads_in(VIEW, "Eva Moser")
    open_item(office, agent)
    agent.reads_in(VIEW, "Eva Moser")
    agent.open(first)
    agent.reads_in(VIEW, "Eva Moser")
    assert crm.asked == 1


def test_while_the_crm_is_silent_the_agent_works_on_and_after_the_time_out_can_ask_again(
    office: Office, crm: CrmServer, agent: Agent, desktop: HeadlessDesktop
) -> None:
    crm.go_on.clear()
    item = open_item(office, agent)
    agent.reads_in(VIEW, "Asking the CRM")
    began = time.monotonic()
    agent.choose("refused", "Disposition")
    agent.until("the disposition", lambda: office.item(item).disposition == "refused")
    assert time.monotonic() - began < 1
    agent.reads_in(VIEW, "The CRM took too long.")
    crm.go_on.set()
    agent.click("Try again")
    agent.reads_in(VIEW, "Eva Moser")
    assert desktop.faults() == ()


@pytest.mark.parametrize(
    ("customer", "words"), [("C-9", "The CRM knows no customer C-9."), ("", "The item names no customer.")]
)
def test_an_item_without_a_known_customer_says_so(
    office: Office, crm: CrmServer, agent: Agent, customer: str, words: str
) -> None:
    open_item(office, agent, customer)
    agent.reads_in(VIEW, words)


def test_an_answer_that_is_no_customer_and_an_error_are_told_in_words(crm: CrmServer) -> None:
    crm.customers["C-2"] = ["no", "customer"]
    with pytest.raises(CrmTrouble, match="something else than a customer"):
        Crm().find(crm.address, "C-2", 1)
    crm.broken = True
    with pytest.raises(CrmTrouble, match="500"):
        Crm().find(crm.address, "C-1", 1)
    with pytest.raises(CrmTrouble, match="cannot be reached"):
        Crm().find("http://127.0.0.1:1/{customer}", "C-1", 1)


def test_an_answer_that_drips_ends_at_the_time_out(crm: CrmServer) -> None:
    crm.drips = 0.05
    began = time.monotonic()
    with pytest.raises(CrmTrouble, match="too long"):
        Crm().find(crm.address, "C-1", 0.3)
    assert time.monotonic() - began < 2


def test_without_an_address_the_panel_says_what_is_to_be_set(office: Office, agent: Agent) -> None:
    open_item(office, agent)
    agent.reads_in(VIEW, "crm-screenpop.address")


def test_agents_without_the_privilege_have_no_panel(office: Office, crm: CrmServer, desktop: HeadlessDesktop) -> None:
    office.change(without_privileges("Can See CRM Customers"))
    agent = desktop.log_in("ann")
    office.submit(attached={"Customer": "C-1"})
    agent.accept()
    assert not agent.sees("Customer")
    assert crm.asked == 0
