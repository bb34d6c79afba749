"""The office of the test kit: offers come at once, time goes by, the site is changed."""

from workloom.domain.presence import Presence
from workloom.testing import PASSWORD, Office, with_media_type, with_options, without_privileges


def test_what_may_be_offered_is_offered_at_once(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.submit(subject="Burst pipe", priority=7)
    (offer,) = ann.items.offers()
    assert (offer.item.id, offer.item.subject, offer.item.priority) == (item, "Burst pipe", 7)


def test_an_offer_that_nobody_takes_goes_to_the_next_when_its_time_has_passed(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    item = office.submit()
    bob.presence.set_state(Presence.READY)
    assert [row.item.id for row in ann.items.offers()] == [item]
    office.advance(31)
    assert ann.items.offers() == ()
    assert [row.item.id for row in bob.items.offers()] == [item]


def test_a_further_media_type_can_be_worked(office: Office) -> None:
    office.change(with_media_type("parcel", title="Parcels", capacity=1))
    assert "parcel" in [one.media_type for one in office.engine.backend.authenticate("cid", PASSWORD).channels]
    cid = office.log_in("cid", "parcel")
    item = office.submit(media_type="parcel", queue="parcel")
    assert office.accept(cid, item).assigned_to == "cid"
    assert office.kinds(item) == ["submitted", "offered", "accepted"]


def test_options_and_privileges_of_everybody_are_changed(office: Office) -> None:
    office.change(without_privileges("Can Mark Done"), with_options({"claim.pull-from-history-isenabled": True}))
    ann = office.log_in("ann")
    assert "Can Mark Done" not in ann.configuration.privileges()
    assert ann.configuration.options().flag("claim.pull-from-history-isenabled")


def test_a_contact_is_found_by_its_name(office: Office) -> None:
    eva = office.contact(FirstName="Eva", LastName="Moser")
    assert [found.id for found in office.log_in("ann").contacts.search("mos")] == [eva]
