"""What plugins bring is ordered, filtered and matched, and can be taken back."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from workloom.api.contributions import Action, ActionPlace, Channel, InteractionView, Region, ToastContent, View
from workloom.domain.errors import BadInput
from workloom.domain.interaction import Interaction
from workloom.shell.registries.contributions import Registries

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def action(id_: str, *places: ActionPlace, order: int = 500, privilege: str = "") -> Action:
    """An action that does nothing."""
    return Action(
        id=id_,
        title=id_,
        places=places or (ActionPlace.ITEM_TOOLBAR,),
        run=lambda _subject, _anchor: None,
        order=order,
        privilege=privilege,
    )


def pane(id_: str, media: str = "", subtype: str = "", order: int = 500) -> InteractionView:
    """A pane for a media type and a subtype, each empty = any."""
    return InteractionView(
        id=id_,
        make=lambda item: item,
        media_types=(media,) if media else (),
        subtypes=(subtype,) if subtype else (),
        order=order,
    )


def item(media: str, subtype: str = "") -> Interaction:
    """An item of a kind."""
    return Interaction(
        id="i1", tenant="t", media_type=media, subtype=subtype, received_at=NOW, submitted_at=NOW, placed_at=NOW
    )


def registries() -> Registries:
    """Registries of an agent who holds one privilege."""
    return Registries(lambda privilege: privilege == "Can Use Acme")


def test_actions_stand_in_the_order_of_their_keys_and_ids_whoever_came_first() -> None:
    actions = [action("z", order=1), action("a"), action("b"), action("c", order=900)]
    for arrival in permutations(actions):
        filled = registries()
        for one in arrival:
            filled.add_action("p", one)
        assert [entry.what.id for entry in filled.actions(ActionPlace.ITEM_TOOLBAR)] == ["z", "a", "b", "c"]


def test_actions_are_offered_in_their_places_to_those_who_hold_the_privilege() -> None:
    filled = registries()
    filled.add_action("p", action("here", ActionPlace.ITEM_TOOLBAR, ActionPlace.HISTORY_ROWS))
    filled.add_action("p", action("there", ActionPlace.WORKBIN_ROWS))
    filled.add_action("p", action("mine", privilege="Can Use Acme"))
    filled.add_action("p", action("others", privilege="Can Use Other"))
    assert [entry.what.id for entry in filled.actions(ActionPlace.ITEM_TOOLBAR)] == ["here", "mine"]
    assert [entry.what.id for entry in filled.actions(ActionPlace.HISTORY_ROWS)] == ["here"]
    assert filled.action("mine") is not None
    assert filled.action("others") is None
    assert filled.action("nothing") is None


def test_views_are_those_of_their_region() -> None:
    filled = registries()
    filled.add_view("p", View(id="main", title="M", region=Region.MAIN, make=object))
    filled.add_view("q", View(id="tab", title="T", region=Region.ITEM_CONTEXT, make_for=str, privilege="Can Use Other"))
    assert [(entry.plugin, entry.what.id) for entry in filled.views(Region.MAIN)] == [("p", "main")]
    assert filled.views(Region.ITEM_CONTEXT) == ()
    assert filled.view("tab") is None


@pytest.mark.parametrize(
    ("media", "subtype", "expected"),
    [
        ("claim", "water", "water claim"),
        ("claim", "storm", "claim"),
        ("fax", "water", "water"),
        ("fax", "", "any"),
        ("form", "", "first form"),
    ],
)
def test_the_pane_that_says_most_about_an_item_is_taken(media: str, subtype: str, expected: str) -> None:
    panes = [
        pane("any", order=1),
        pane("claim", "claim"),
        pane("water", "", "water", order=900),
        pane("water claim", "claim", "water", order=950),
        pane("second form", "form"),
        pane("first form", "form", order=2),
    ]
    for arrival in (panes, panes[::-1]):
        filled = registries()
        for one in arrival:
            filled.add_interaction_view("p", one)
        found = filled.interaction_view(item(media, subtype))
        assert found is not None
        assert found.what.id == expected


def test_without_a_pane_that_fits_there_is_none() -> None:
    filled = registries()
    filled.add_interaction_view("p", pane("claim", "claim"))
    assert filled.interaction_view(item("fax")) is None


def test_the_first_channel_of_a_media_type_presents_its_offers() -> None:
    filled = registries()
    toast = ToastContent(title="t", heading="h")
    filled.add_channel("p", Channel(id="b", media_types=("claim", "fax"), present=lambda _row: toast))
    filled.add_channel("q", Channel(id="a", media_types=("claim",), present=lambda _row: toast))
    claim, fax = filled.channel("claim"), filled.channel("fax")
    assert claim is not None
    assert fax is not None
    assert (claim.plugin, fax.plugin, filled.channel("form")) == ("q", "p", None)


def test_what_is_taken_back_is_gone_once_and_its_id_is_free_again() -> None:
    filled = registries()
    undo = filled.add_action("p", action("a"))
    with pytest.raises(BadInput, match=r"The action “a” is there already, from the plugin “p”\. Give the one of “q”"):
        filled.add_action("q", action("a"))
    undo()
    filled.add_action("q", action("a"))
    undo()
    found = filled.action("a")
    assert found is not None
    assert found.plugin == "q"


def test_the_window_hears_of_every_change_until_it_stops_listening() -> None:
    filled = registries()
    heard: list[int] = []
    stop = filled.on_change(lambda: heard.append(len(filled.all_actions)))
    undo = filled.add_action("p", action("a"))
    filled.add_view("p", View(id="v", title="V", region=Region.MAIN, make=object))
    undo()
    stop()
    filled.add_action("p", action("b"))
    assert heard == [1, 1, 0]
