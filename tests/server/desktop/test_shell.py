"""The tests of the shell, on a server: the very functions, with a desktop that works on a node."""

from types import ModuleType

from tests.shell import test_desk, test_main_job

MODULES: tuple[ModuleType, ...] = (test_desk, test_main_job)

for _module in MODULES:
    for _name, _test in vars(_module).items():
        if _name.startswith("test_") and getattr(_test, "__module__", "") == _module.__name__:
            assert _name not in globals(), f"two tests are called {_name}"
            globals()[_name] = _test
