"""The way to services is chosen by the scheme of the address, the core's own ways and those of plugins alike."""

import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.manager.making import Yard
from workloom.api import BackendOffer, BackendPlace, MediaType, NotFound, Site, effective_options, hook
from workloom.domain.core_options import core_catalogue
from workloom.domain.errors import BadInput, Disconnected, ServiceFailed
from workloom.plugin_manager.manager import PluginManager

ACME = """
class Items:
    def __init__(self, answer):
        self.answer = answer

    def get(self, item):
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer


class ItsServices:
    def __init__(self, answer):
        self.items = Items(answer)


class Acme:
    link = None

    def __init__(self, place):
        self.place, self.answer = place, None

    def info(self):
        return SiteInfo(title="Acme")

    def now(self):
        return "noon"

    def services(self, session):
        return ItsServices(self.answer)

    def authenticate(self, user, password): ...
    def log_in(self, ticket, *, place="", channels=()): ...
    def on_wake(self, wake): ...
    def close(self):
        raise ValueError


class Offers:
    @hook
    def backends(self):
        return [BackendOffer(id="acme.desk", open=self.open)]

    def open(self, place):
        if "away" in place.addresses[0]:
            raise Disconnected("Acme cannot be reached.")
        if "broken" in place.addresses[0]:
            raise RuntimeError("broken")
        return 5 if "odd" in place.addresses[0] else Acme(place)
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


def acme_desk(manager: PluginManager) -> Any:
    return opened(manager, "acme://desk")


def test_without_an_address_the_engine_is_embedded_and_with_one_of_the_web_it_is_a_server(yard: Yard) -> None:
    manager = acme(yard)
    assert opened(manager) == "embedded"
    assert opened(manager, "https://one.example", "http://127.0.0.1:8750") == "server"
    assert yard.imported() == set(), "no plugin is imported that is not asked"


def test_an_address_of_a_plugins_scheme_is_opened_by_the_plugin(yard: Yard) -> None:
    backend = acme_desk(acme(yard))
    assert backend.info().title == "Acme"
    assert yard.imported() == {yard.package("acme")}


def test_the_place_says_which_options_there_are_those_of_plugins_too(yard: Yard) -> None:
    option = '[[option]]\nname = "more.colour"\ntype = "text"\ndefault = "red"\nmeaning = "A colour."\n'
    yard.add("more", code="", manifest=option)
    options = acme_desk(acme(yard)).place.options
    site = Site(media_types={"claim": MediaType(name="claim", title="C", singular="C")})
    effective = effective_options(options, site, "")
    assert effective.text("more.colour") == "red"
    assert effective.names() == effective_options(core_catalogue().with_specs(options), site, "").names()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "expected ItemRow, found None"),
        ("i1", "expected ItemRow, found an object of type str"),
        (RuntimeError("no"), "no"),
        (SystemExit(3), "3"),
    ],
)
def test_a_service_of_a_plugin_that_fails_is_its_fault_and_an_error_that_desktops_know(
    yard: Yard, answer: object, said: str
) -> None:
    manager = acme(yard)
    backend = acme_desk(manager)
    vars(backend._real)["answer"] = answer  # noqa: SLF001  # what stands behind the guard
    with pytest.raises(ServiceFailed, match="Acme, the plugin that connects to your system, has failed"):
        backend.services("s1").items.get("i1")
    (fault,) = manager.faults()
    assert (fault.plugin, fault.where) == ("acme", "backend acme.desk: items.get")
    assert fault.said.removeprefix(f"{manager.infos()[0].manifest}: ") == said


def test_a_service_without_a_parameter_of_the_protocol_is_named_with_its_line_and_what_to_do(yard: Yard) -> None:
    manager = acme(yard)
    with pytest.raises(ServiceFailed):
        acme_desk(manager).services("s1").items.get("i1", key="k")
    (fault,) = manager.faults()
    assert re.search(
        rf"{yard.package('acme')}/\w+\.py:\d+: \w+\.get: got an unexpected keyword argument 'key'", fault.said
    )
    assert "Give it the parameters that the Protocol of the services in workloom.api has" in fault.said


def test_an_error_of_workloom_is_an_answer_of_a_service_and_no_fault(yard: Yard) -> None:
    manager = acme(yard)
    backend = acme_desk(manager)
    vars(backend._real)["answer"] = NotFound("There is none.")  # noqa: SLF001  # as above
    with pytest.raises(NotFound, match="There is none"):
        backend.services("s1").items.get("i1")
    assert manager.faults() == ()


def test_what_nobody_could_be_told_of_has_an_answer_all_the_same(yard: Yard) -> None:
    manager = acme(yard)
    backend = acme_desk(manager)
    assert backend.now().utcoffset() is not None
    assert backend.link.state().connected
    backend.on_wake(print)()
    backend.close()
    places = ["now", "link.state", "on_wake", "close"]
    assert [fault.where for fault in manager.faults()] == [f"backend acme.desk: {place}" for place in places]


def test_what_is_no_backend_is_a_fault_that_says_what_it_lacks(yard: Yard) -> None:
    manager = acme(yard)
    with pytest.raises(Disconnected):
        opened(manager, "acme://odd")
    assert "expected a Backend, found an object of type int without authenticate, close" in manager.faults()[0].said


def test_a_misspelled_hook_of_a_backend_is_named(yard: Yard) -> None:
    manager = acme(yard, ACME.replace("def backends(self)", "def backend(self)"))
    with pytest.raises(Disconnected):
        opened(manager, "acme://desk")
    assert "there is no hook “backend”; did you mean “backends”?" in manager.faults()[0].said


def test_a_class_without_its_hook_is_named(yard: Yard) -> None:
    manager = acme(yard, ACME.replace("    @hook\n", ""))
    with pytest.raises(Disconnected):
        opened(manager, "acme://desk")
    assert "the class Offers has no hook “backends”" in manager.faults()[0].said


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
