"""Services that fail or are slow on demand, around those of a real engine."""

import threading
from collections import Counter
from difflib import get_close_matches
from functools import partial
from typing import Any, cast

from msgspec import Struct

from workloom.api import services as api
from workloom.api.later import offers, refusing
from workloom.api.services import Backend, Services
from workloom.domain.errors import BadInput, StorageError

LONGEST = 20.0
"""Seconds that a slow service sleeps at most, so that no test hangs for ever."""

_PROTOCOLS: dict[str, type] = {
    "items": api.WorkItems,
    "workbins": api.Workbins,
    "history": api.History,
    "contacts": api.Contacts,
    "presence": api.PresenceService,
    "directory": api.Directory,
    "configuration": api.ConfigurationService,
    "events": api.Events,
}


class _Fault(Struct, kw_only=True):
    error: BaseException | None = None
    seconds: float = 0.0
    times: int = 0  # 0 = until it is cleared


class ServiceFaults:
    """What goes wrong when a function of a service is called. Functions are named as in `services.items.get`.

    Holds for desktops and services that were made through `around`; each call is counted.
    """

    def __init__(self) -> None:
        self._faults: dict[str, _Fault] = {}
        self._calls: Counter[str] = Counter()
        self._cleared = threading.Event()
        self._lock = threading.Lock()

    def fail(self, function: str, error: BaseException | None = None, *, times: int = 0) -> None:
        """From now on `items.get`, say, raises: a StorageError unless another is given. `times`: only so often."""
        self._put(function, _Fault(error=error or StorageError("The disk does not answer."), times=times))

    def slow(self, function: str, seconds: float = LONGEST, *, times: int = 0) -> None:
        """From now on a function takes so many real seconds more, or until `clear` is called."""
        self._put(function, _Fault(seconds=min(seconds, LONGEST), times=times))

    def clear(self) -> None:
        """All services are well again; whoever waits goes on."""
        with self._lock:
            self._faults.clear()
            self._cleared.set()
            self._cleared = threading.Event()

    def calls(self, function: str) -> int:
        """How often a function was called."""
        _checked(function)
        return self._calls[function]

    def around(self, backend: Backend) -> Backend:
        """The backend with services that do what is asked of them here."""
        return cast("Backend", _Backend(backend, self))

    def meet(self, function: str) -> None:
        """A function is called: wait or raise, if it is to."""
        with self._lock:
            self._calls[function] += 1
            fault, cleared = self._faults.get(function), self._cleared
            if fault is not None and fault.times:
                fault.times -= 1
                if not fault.times:
                    del self._faults[function]
        if fault is None:
            return
        if fault.seconds:
            cleared.wait(fault.seconds)
        if fault.error is not None:
            raise fault.error

    def _put(self, function: str, fault: _Fault) -> None:
        with self._lock:
            self._faults[_checked(function)] = fault


def _checked(function: str) -> str:
    known = [f"{service}.{name}" for service, kind in _PROTOCOLS.items() for name in vars(kind) if name[0] != "_"]
    if function not in known:
        near = get_close_matches(function, known, n=1)
        hint = f"Did you mean “{near[0]}”?" if near else "Expected one such as “items.get”."
        raise BadInput(f"There is no function “{function}” of a service. {hint}")
    return function


class _Service:
    """One service. Its functions are those of the real one."""

    def __init__(self, service: object, name: str, faults: ServiceFaults) -> None:
        self._service, self._name, self._faults = service, name, faults

    def __getattr__(self, function: str) -> Any:
        call = partial(self._call, function)
        real = getattr(self._service, function)
        return call if offers(real) else refusing(call)

    def _call(self, function: str, *given: Any, **named: Any) -> Any:
        self._faults.meet(f"{self._name}.{function}")
        return getattr(self._service, function)(*given, **named)


class _Services:
    """All services of a session."""

    def __init__(self, services: Services, faults: ServiceFaults) -> None:
        for name in _PROTOCOLS:
            setattr(self, name, _Service(getattr(services, name), name, faults))


class _Backend:
    """`api.Backend` whose services can fail; all else is the real one's."""

    def __init__(self, backend: Backend, faults: ServiceFaults) -> None:
        self._backend, self._faults = backend, faults

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)

    def services(self, session: str) -> Services:
        return cast("Services", _Services(self._backend.services(session), self._faults))
