"""The test kit: a real engine in memory, people, virtual time, services that fail, and a desktop without a screen.

Authors of plugins get its fixtures from pytest as soon as Workloom is installed (`workloom.pytest_plugin`).
This module knows no Qt; who sits at a window is `workloom.testing.desktop.Agent`.
"""

from workloom.adapters.clock import VirtualClock
from workloom.testing.office import PASSWORD, Office
from workloom.testing.plugins import built_in, plugins_of
from workloom.testing.service_faults import ServiceFaults
from workloom.testing.sites import (
    person,
    site,
    with_media_type,
    with_options,
    with_privileges,
    without_privileges,
)

__all__ = [
    "PASSWORD",
    "Office",
    "ServiceFaults",
    "VirtualClock",
    "built_in",
    "person",
    "plugins_of",
    "site",
    "with_media_type",
    "with_options",
    "with_privileges",
    "without_privileges",
]
