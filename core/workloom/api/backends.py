"""Ways to services: in this process, on a server of Workloom, or in a system that a site already has."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, field

from workloom.api.services import Backend
from workloom.domain.core_options import core_catalogue
from workloom.domain.option_catalogue import OptionCatalogue


class BackendPlace(Struct, frozen=True, kw_only=True):
    """Where the services are to be found. `addresses`: as they were given, all of one scheme; none = on this computer.

    `data`: the folder of this desktop, for what has to be kept between two starts. `options`: all options that are
    declared, by the core and by the plugins of this desktop; `effective_options` makes of them what a backend answers.
    """

    addresses: tuple[str, ...] = ()
    data: Path
    options: OptionCatalogue = field(default_factory=core_catalogue)


class BackendOffer(Struct, frozen=True, kw_only=True):
    """A way to services. `id` and `schemes` are those of the `[[backend]]` of the manifest; `schemes` may be left out.

    `open` is called in the background, once for each connection, and may block. It raises `Disconnected` where the
    services cannot be reached, `BadInput` for an address that cannot be used: the login page shows the sentence and
    offers to try again. What it returns is all that the desktop knows of the services.
    """

    id: str
    schemes: tuple[str, ...] = ()
    open: Callable[[BackendPlace], Backend]
