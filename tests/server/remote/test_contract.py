"""The contract suite of the services, through a server: the very functions of the suite, with another office."""

from types import ModuleType

from tests.contract.engine import (
    test_commands,
    test_login_place,
    test_lost_agents,
    test_offers,
    test_presence,
    test_privacy,
    test_references,
    test_routing,
    test_timers,
    test_transfers,
)

MODULES: tuple[ModuleType, ...] = (
    test_commands,
    test_login_place,
    test_lost_agents,
    test_offers,
    test_presence,
    test_privacy,
    test_references,
    test_routing,
    test_timers,
    test_transfers,
)

for _module in MODULES:
    for _name, _test in vars(_module).items():
        if _name.startswith("test_") and getattr(_test, "__module__", "") == _module.__name__:
            assert _name not in globals(), f"two tests are called {_name}"
            globals()[_name] = _test
