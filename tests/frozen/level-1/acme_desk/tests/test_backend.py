"""The backend: what holds for every one, and a desktop that works on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from workloom.api import Backend, BackendPlace, Disconnected, NotAllowed
from workloom.testing import ServiceFaults
from workloom.testing.conformance import BackendConformance
from workloom.testing.desktop import HeadlessDesktop

from acme_desk.backend import SystemBackend
from acme_desk.plugin import AcmeDesk
from acme_desk.system import system_at


@pytest.fixture
def backend_address(tmp_path: Path) -> str:
    """The desktop of a test works on a system of its own."""
    return f"acme-desk://{tmp_path.name}"


class TestBackend(BackendConformance):
    """What holds for every backend."""

    @pytest.fixture
    def backend(self, backend_address: str, tmp_path: Path) -> Backend:
        """As the hook opens it."""
        (offer,) = AcmeDesk().backends()
        return offer.open(BackendPlace(addresses=(backend_address,), data=tmp_path))

    @pytest.fixture
    def submit(self, backend_address: str) -> Callable[..., str]:
        """Into the system."""
        return system_at(backend_address).submit


def test_an_agent_takes_an_item_of_the_system_and_finishes_it(desktop: HeadlessDesktop, backend_address: str) -> None:
    system = system_at(backend_address)
    agent = desktop.log_in("ann")
    item = system.submit(subject="Burst pipe")
    assert agent.accept() == item
    assert system.item(item).assigned_to == "ann"
    agent.press("Ctrl+Return")
    agent.until("the end of the item", lambda: system.item(item).is_finished)
    assert desktop.faults() == ()


def test_a_system_that_is_away_is_told_and_the_work_goes_on_after_it(
    desktop: HeadlessDesktop, backend_address: str, service_faults: ServiceFaults
) -> None:
    agent = desktop.log_in("ann")
    service_faults.fail("items.offers", Disconnected("The system is away."), times=1)
    item = system_at(backend_address).submit()
    assert agent.accept() == item


def test_what_the_system_does_not_have_is_refused_with_the_reason(backend_address: str, tmp_path: Path) -> None:
    backend = SystemBackend(system_at(backend_address), BackendPlace(addresses=(backend_address,), data=tmp_path))
    plan = backend.authenticate("ann", "open sesame")
    services = backend.services(backend.log_in(plan.ticket))
    with pytest.raises(NotAllowed, match="The system has no contacts"):
        services.contacts.get("c1")
