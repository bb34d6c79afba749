"""The login page proposes the person's own place."""

from tests.contract.engine.office import Office
from workloom.bootstrap.demo import demo_site


def test_the_own_place_leads_and_none_is_left_out(office: Office) -> None:
    demo = demo_site()
    office.engine.configuration.apply(demo.site, demo.passwords)
    plan = office.backend.authenticate("lena", "alpenrand")
    assert plan.places[0] == "Desk 4-117"
    assert len(set(plan.places)) == len(plan.places) == 9
