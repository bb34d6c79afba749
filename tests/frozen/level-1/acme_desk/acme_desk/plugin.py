"""The hook: a way to services, for addresses that begin with `acme-desk:`."""

from collections.abc import Sequence

from workloom.api import Backend, BackendOffer, BackendPlace, hook

from acme_desk.backend import SystemBackend
from acme_desk.system import system_at


class AcmeDesk:
    """Made when the desktop is to connect to such an address, before anybody logs in."""

    @hook
    def backends(self) -> Sequence[BackendOffer]:
        """One offer; the manifest says its schemes."""
        return (BackendOffer(id="acme_desk.system", open=self.open),)

    def open(self, place: BackendPlace) -> Backend:
        """Connect. In the background: it may block, and raises Disconnected where the system cannot be reached."""
        return SystemBackend(system_at(place.addresses[0]), place)
