"""Services that fail or are slow on demand, and what the desktop makes of it."""

import time

import pytest
from PyQt6.QtWidgets import QApplication

from workloom.domain.errors import BadInput, NotFound, StorageError
from workloom.testing import Office, ServiceFaults
from workloom.testing.desktop import HeadlessDesktop


def test_a_function_that_no_service_has_is_told_with_the_nearest(service_faults: ServiceFaults) -> None:
    with pytest.raises(BadInput, match=r"Did you mean “items\.open_items”"):
        service_faults.fail("items.open_item")


def test_a_function_fails_as_often_as_it_is_told_to_and_calls_are_counted(
    office: Office, service_faults: ServiceFaults
) -> None:
    office.log_in("ann")
    services = service_faults.around(office.engine.backend).services(office.sessions["ann"])
    service_faults.fail("items.get", NotFound("It has gone."), times=1)
    item = office.submit(queue="shelf")
    with pytest.raises(NotFound, match="It has gone"):
        services.items.get(item)
    assert services.items.get(item).item.id == item
    assert service_faults.calls("items.get") == 2
    service_faults.fail("items.get")
    for _again in range(2):
        with pytest.raises(StorageError):
            services.items.get(item)


def test_a_slow_function_takes_its_time_and_no_longer_once_it_is_cleared(
    office: Office, service_faults: ServiceFaults
) -> None:
    office.log_in("ann")
    services = service_faults.around(office.engine.backend).services(office.sessions["ann"])
    service_faults.slow("items.offers", 0.05)
    began = time.monotonic()
    assert services.items.offers() == ()
    assert time.monotonic() - began >= 0.05
    service_faults.clear()
    assert services.items.offers() == ()


def test_a_service_that_fails_at_the_first_look_keeps_the_agent_out_only_until_it_is_well(
    qapp: QApplication, office: Office, desktop: HeadlessDesktop, service_faults: ServiceFaults
) -> None:
    service_faults.fail("configuration.me", times=1)
    agent = desktop.log_in("ann")
    agent.wait_for("The service is back")
    assert desktop.faults() == ()
