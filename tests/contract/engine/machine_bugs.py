"""Bugs that the machine must find, with the promises of which it must find one broken, whichever comes first."""

from collections.abc import Mapping

from tests.simulation.bugs import (
    AgeForgotten,
    AlwaysReady,
    BlindSave,
    Bug,
    DoneIsNotLogged,
    FenceStays,
    HoldForgotten,
    HoldsNeverEnd,
    IntoNowhere,
    KeysForgotten,
    LoadsForgotten,
    LostHandlingTimer,
    LostInsert,
    LostTimer,
    NaiveSelect,
    NobodyIsSilent,
    NoDeadline,
    SaveForgotten,
    StaleReads,
    StaleSite,
    without_fence,
)

BUGS: Mapping[str, Bug] = {
    "an item is dropped at its intake": Bug("I1", {"items": LostInsert}),
    "an item goes into a workbin that is not there": Bug("I1 I7", {"items": IntoNowhere}),
    "no fence is checked": Bug("I2", {}, without_fence),
    "the fence does not rise": Bug("I2 I7", {"items": FenceStays}),
    "the router offers what it read before": Bug("I2", {"due": NaiveSelect, "items": BlindSave}),
    "an offer is accepted that was withdrawn or is somebody else's": Bug("I1 I2", {"items": StaleReads}),
    "who has left a group is still offered its work": Bug("I4", {"documents": StaleSite}),
    "who is not ready is offered work": Bug("I4", {"sessions": AlwaysReady}),
    "idempotency keys are forgotten": Bug("I3", {"keys": KeysForgotten}),
    "the timer of offers is lost": Bug("I5", {"due": LostTimer}),
    "the timer of handling is lost": Bug("I2 I5", {"due": LostHandlingTimer}),
    "a hold is forgotten": Bug("I7", {"items": HoldForgotten}),
    "a hold never ends": Bug("I5", {"due": HoldsNeverEnd}),
    "dead desktops are not noticed": Bug("I5", {"sessions": NobodyIsSilent}),
    "an item is with an agent without end": Bug("I5 I7", {"items": NoDeadline}),
    "an item loses its age when it comes back": Bug("I5 I7", {"items": AgeForgotten}),
    "capacity is ignored": Bug("I6", {"items": LoadsForgotten}),
    "done leaves no audit row": Bug("I3 I7", {"events": DoneIsNotLogged}),
    "a change is logged and not made": Bug("I7", {"items": SaveForgotten}),
}
