"""The demo site works: its people log in, and the work of each of its queues finds somebody."""

from collections.abc import Iterator

import pytest

from tests.contract.configuration.provisioning import NOON
from workloom.adapters.clock import VirtualClock
from workloom.adapters.ids import Chance, CountedIds
from workloom.adapters.passwords import Argon2Passwords
from workloom.bootstrap.catalogue import installed_options
from workloom.bootstrap.demo import start_from_demo
from workloom.bootstrap.engine import Engine, open_engine
from workloom.domain.commands import Accept, Transfer
from workloom.domain.interaction import Interaction
from workloom.domain.presence import Presence
from workloom.domain.targets import Target, TargetType
from workloom.services.backend import AgentServices

ROUTED = {
    "claims-household": ("claim", "Household team"),
    "claims-experts": ("claim", "Claims experts"),
    "claims-large-losses": ("claim", "Large losses"),
    "ap-freight": ("invoice", "Accounts payable"),
    "ap-services": ("invoice", "Accounts payable"),
    "servicedesk": ("incident", "Service desk"),
}


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = open_engine(
        ":memory:",
        installed_options(),
        clock=VirtualClock(NOON),
        ids=CountedIds(),
        randomness=Chance(1),
        hasher=Argon2Passwords(cheap=True),
    )
    assert start_from_demo(engine.configuration)
    yield engine
    engine.stop()


def log_in(engine: Engine, name: str) -> AgentServices:
    plan = engine.backend.authenticate(name, "alpenrand")
    channels = [choice.media_type for choice in plan.channels]
    services = engine.backend.services(engine.backend.log_in(plan.ticket, channels=channels))
    services.presence.set_state(Presence.READY)
    return services


def submit(engine: Engine, queue: str, media_type: str) -> str:
    name = f"{queue}-1"
    item = Interaction(
        id=name,
        tenant="default",
        media_type=media_type,
        queue=queue,
        received_at=NOON,
        submitted_at=NOON,
        placed_at=NOON,
        queue_since={queue: NOON},
    )
    with engine.store.transaction() as transaction:
        transaction.items.insert(item)
    return name


def stored(engine: Engine, item: str) -> Interaction:
    with engine.store.reading() as reader:
        found = reader.items.get(item)
    assert found is not None
    return found


def test_an_applied_demo_is_not_applied_again(engine: Engine) -> None:
    assert not start_from_demo(engine.configuration)
    assert engine.configuration.site().version == 1


def test_the_login_page_names_everybody_and_the_password(engine: Engine) -> None:
    info = engine.backend.info()
    assert (info.title, info.subtitle) == ("Alpenrand Insurance", "Claims and accounts payable")
    assert ("lena", "Lena Hofer", "Team lead, household claims") in info.demo_users
    for name, _, _ in info.demo_users:
        log_in(engine, name)


@pytest.mark.parametrize(("queue", "expected"), ROUTED.items())
def test_the_work_of_a_queue_finds_somebody_of_its_group(engine: Engine, queue: str, expected: tuple[str, str]) -> None:
    media_type, group = expected
    for name in engine.configuration.site().persons:
        log_in(engine, name)
    item = submit(engine, queue, media_type)
    engine.dispatcher.step()
    offer = stored(engine, item).offer
    assert offer is not None
    assert group in engine.configuration.site().persons[offer.agent].groups


def test_forms_are_held_back_and_it_is_said_why(engine: Engine) -> None:
    laila = log_in(engine, "laila")
    submit(engine, "forms", "form")
    engine.dispatcher.step()
    assert laila.items.offers() == ()
    answers = {answer.media_type: answer.text for answer in engine.explainer.agent("laila")}
    assert answers["form"].startswith("The capacity rule “standard” allows no form.")


def test_nobody_has_an_option_that_is_not_used(engine: Engine) -> None:
    for name in engine.configuration.site().persons:
        assert log_in(engine, name).configuration.problems() == ()


def test_a_claim_is_handed_by_routing_to_a_group(engine: Engine) -> None:
    lena, tamara = log_in(engine, "lena"), log_in(engine, "tamara")
    item = submit(engine, "claims-household", "claim")
    engine.dispatcher.step()
    (row,) = lena.items.offers()
    assert row.item.offer is not None
    lena.items.execute(Accept(item=item, ticket=row.item.offer.ticket))
    assert lena.configuration.options(stored(engine, item)).text("interaction.case-data.format-business-attribute") == (
        "ClaimData"
    )
    lena.items.execute(Transfer(item=item, target=Target(type=TargetType.GROUP, id="Large losses")))
    assert stored(engine, item).queue == "hand-over"
    engine.dispatcher.step()
    assert [offered.item.id for offered in tamara.items.offers()] == [item]
