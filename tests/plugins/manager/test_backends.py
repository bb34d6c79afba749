"""The way to services is chosen by the scheme of the address, the core's own ways and those of plugins alike."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.manager.making import Yard
from workloom.api import BackendOffer, BackendPlace, hook
from workloom.domain.errors import BadInput, Disconnected
from workloom.plugin_manager.manager import PluginManager

ACME = """
class Acme:
    def __init__(self, place):
        self.place = place


class Offers:
    @hook
    def backends(self):
        return [BackendOffer(id="acme.desk", open=self.open)]

    def open(self, place):
        if "away" in place.addresses[0]:
            raise Disconnected("Acme cannot be reached.")
        if "broken" in place.addresses[0]:
            raise RuntimeError("broken")
        return Acme(place)
"""


class Own:
    """The core's own ways, for the tests: they return their name."""

    @hook
    def backends(self) -> list[BackendOffer]:
        opens = {"embedded": ("",), "server": ("http", "https")}
        return [BackendOffer(id=name, schemes=given, open=partial(_named, name)) for name, given in opens.items()]


def _named(name: str, _place: BackendPlace) -> Any:
    return name


def acme(yard: Yard, code: str = ACME, schemes: str = '["acme"]') -> PluginManager:
    package = yard.package("acme")
    manifest = f'backends = "{package}.plugin:Offers"\n[[backend]]\nid = "acme.desk"\nschemes = {schemes}\n'
    head = 'id = "acme"\nname = "Acme"\nversion = "1.0"\napi-level = 1\n'
    yard.write("acme", head + manifest, code)
    return yard.manager()


def opened(manager: PluginManager, *addresses: str) -> object:
    return manager.backends(Own()).open(BackendPlace(addresses=addresses, data=Path("unused")))


def test_without_an_address_the_engine_is_embedded_and_with_one_of_the_web_it_is_a_server(yard: Yard) -> None:
    manager = acme(yard)
    assert opened(manager) == "embedded"
    assert opened(manager, "https://one.example", "http://127.0.0.1:8750") == "server"
    assert yard.imported() == set(), "no plugin is imported that is not asked"


def test_an_address_of_a_plugins_scheme_is_opened_by_the_plugin(yard: Yard) -> None:
    backend = opened(acme(yard), "acme://desk")
    assert type(backend).__name__ == "Acme"
    assert yard.imported() == {yard.package("acme")}


def test_what_the_plugin_says_of_the_connection_reaches_the_login_page(yard: Yard) -> None:
    manager = acme(yard)
    with pytest.raises(Disconnected, match=r"^Acme cannot be reached\.$"):
        opened(manager, "acme://away")
    assert manager.faults() == ()


def test_a_plugin_that_fails_to_connect_is_named(yard: Yard) -> None:
    manager = acme(yard)
    with pytest.raises(Disconnected, match="Acme, the plugin that connects to “acme:”, has failed"):
        opened(manager, "acme://broken")
    assert [fault.where for fault in manager.faults()] == ["open of backend acme.desk"]


def test_an_offer_that_the_manifest_does_not_name_is_not_used(yard: Yard) -> None:
    manager = acme(yard, ACME.replace('id="acme.desk"', 'id="acme.other"'))
    with pytest.raises(Disconnected):
        opened(manager, "acme://desk")
    assert "it is not what the manifest says" in manager.faults()[0].said


def test_an_unknown_scheme_is_refused_with_those_that_there_are(yard: Yard) -> None:
    with pytest.raises(BadInput, match=r"Nothing here connects to “ftp:”\. There is http, https, acme;"):
        opened(acme(yard), "ftp://desk")
    with pytest.raises(BadInput, match="All servers need one scheme, found acme, https"):
        opened(yard.manager(), "acme://desk", "https://desk")


def test_a_class_and_what_it_offers_belong_together(yard: Yard) -> None:
    yard.write(
        "half", 'id = "half"\nname = "H"\nversion = "1"\napi-level = 1\nbackends = "half_of_the_tests.plugin:X"\n'
    )
    assert "belong together" in yard.manager().infos()[0].reason
