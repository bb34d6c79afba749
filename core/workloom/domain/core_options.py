"""The options that the service and the shell read. What only a plugin reads stands in that plugin's manifest."""

from typing import Final

from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.options import OptionSpec, OptionType, OptionValue, TakesEffect
from workloom.domain.targets import ONE_STEP_TRANSFER, TargetType

STATUS_ACTIONS: Final = ("Ready", "NotReady", "NotReadyReason", "AfterCallWork", "Dnd", "LogOn", "LogOff")
"""What a status menu may hold."""

TARGET_KINDS: Final = ("All", *(kind.value for kind in TargetType))
"""Kinds that the target search finds; `All` names none of them."""


def _flag(name: str, default: bool, meaning: str, effect: TakesEffect, *, strategy: bool = False) -> OptionSpec:
    return OptionSpec(
        name=name, type=OptionType.FLAG, default=default, meaning=meaning, takes_effect=effect, strategy=strategy
    )


def _number(name: str, default: int, meaning: str, effect: TakesEffect, minimum: int, maximum: int) -> OptionSpec:
    return OptionSpec(
        name=name,
        type=OptionType.NUMBER,
        default=default,
        meaning=meaning,
        takes_effect=effect,
        minimum=minimum,
        maximum=maximum,
    )


def _names(
    name: str,
    default: OptionValue,
    meaning: str,
    effect: TakesEffect,
    *,
    of: str = "",
    allowed: tuple[str, ...] = (),
    strategy: bool = False,
    pattern: str = "",
    form: str = "",
) -> OptionSpec:
    """A text, or a list where the default is one; `of` is the kind of object that it names."""
    return OptionSpec(
        name=name,
        type=OptionType.LIST if isinstance(default, tuple) else OptionType.TEXT,
        default=default,
        meaning=meaning,
        takes_effect=effect,
        refers_to=of,
        allowed=allowed,
        strategy=strategy,
        pattern=pattern,
        form=form,
    )


_AT_ONCE, _SEARCH = TakesEffect.AT_ONCE, TakesEffect.NEXT_SEARCH
_ITEM, _LOGIN = TakesEffect.NEXT_INTERACTION, TakesEffect.NEXT_LOGIN

_LOGIN_OPTIONS = (
    _names(
        "openmedia.workitem-channels",
        (),
        "Media types that the agent may use as work-item channels.",
        _LOGIN,
        of="media-type",
    ),
    _flag("login.<mt>.can-unactivate-channel", True, "The agent may select and unselect the channel at login.", _LOGIN),
    _flag("login.<mt>.is-auto-ready", True, "The channel is Ready after login.", _LOGIN),
    _names(
        "login.<mt>.auto-not-ready-reason",
        "",
        "Reason for Not Ready after login when the channel is not made Ready.",
        _LOGIN,
        of="reason",
    ),
    _flag("login.prompt-place", False, "The login asks for the place.", _LOGIN),
    _flag("login.store-username", True, "The login page remembers the user name.", _LOGIN),
    _flag(
        "logout.enable-exit-on-logoff-error",
        True,
        "The agent gets out of the desktop although the service did not take the log-off; it ends the session itself.",
        _AT_ONCE,
    ),
    _names(
        "agent-status.enabled-actions-global",
        STATUS_ACTIONS,
        "Entries of the status menu for all channels, in this order.",
        _AT_ONCE,
        allowed=STATUS_ACTIONS,
    ),
    _names(
        "agent-status.enabled-actions-by-channel",
        STATUS_ACTIONS,
        "Entries of the status menu of one channel, in this order.",
        _AT_ONCE,
        allowed=STATUS_ACTIONS,
    ),
)

_OFFER_OPTIONS = (
    _flag(
        "<mt>.missed-offer-not-ready",
        True,
        "The channel goes Not Ready when an offer runs out without an answer.",
        _AT_ONCE,
    ),
    _flag(
        "<mt>.pull-from-history-isenabled",
        False,
        "Items in progress can be opened from the history, with the privilege for the place where they rest.",
        _AT_ONCE,
    ),
    _flag("interaction.auto-focus", True, "An accepted item takes the focus.", _ITEM, strategy=True),
    _names(
        "interaction.override-option-key",
        "IW_OverrideOptions",
        "Attached key that names the transactions whose options a strategy lays over all layers for one item.",
        _ITEM,
    ),
)

_TRANSFER_OPTIONS = (
    _names(
        "intercommunication.<mt>.queue",
        "",
        "Queue through which routing-based requests go. Without it groups and skills cannot be reached.",
        _ITEM,
        of="queue",
        strategy=True,
    ),
    _names(
        "intercommunication.<mt>.routing-based-targets",
        (),
        "Targets that are reached through that queue besides agent groups and skills, which always are.",
        _ITEM,
        allowed=(TargetType.AGENT.value, TargetType.QUEUE.value),
        strategy=True,
    ),
    _names(
        "intercommunication.<mt>.routing-based-actions",
        (ONE_STEP_TRANSFER,),
        "Requests that go through that queue.",
        _ITEM,
        allowed=(ONE_STEP_TRANSFER,),
        strategy=True,
    ),
    _names(
        "teamcommunicator.list-filter-showing",
        TARGET_KINDS,
        "Kinds that the target search finds; those not named are left out, and All alone leaves out none.",
        _SEARCH,
        allowed=TARGET_KINDS,
    ),
    _number("teamcommunicator.max-suggestion-size", 50, "Rows of the target search at most.", _SEARCH, 1, 500),
    _number("teamcommunicator.recent-max-records", 10, "Recent targets that are remembered.", _SEARCH, 0, 100),
    _number("teamcommunicator.max-favorites-size", 50, "Favourite targets at most.", _SEARCH, 0, 500),
    _names(
        "teamcommunicator.corporate-favorites",
        (),
        "Favourite targets that everybody has, each as kind:name, such as AgentGroup:Large losses.",
        _SEARCH,
        pattern=rf"({'|'.join(TARGET_KINDS[1:])})\s*:.*\S.*",
        form=f"texts as kind:name, with one of {', '.join(TARGET_KINDS[1:])}",
    ),
)

_WORKBIN_OPTIONS = (
    _names(
        "workbin.<mt>.in-progress",
        "",
        "Workbin into which an open item goes when it is closed undone.",
        _AT_ONCE,
        of="workbin",
    ),
    _names(
        "workbin.<mt>.<nickname>",
        "",
        "A further workbin from which the agent opens items.",
        _AT_ONCE,
        of="workbin",
    ),
    _number(
        "workbin.<mt>.<nickname>.max-results",
        500,
        "Items that the list of the workbin holds at most.",
        _SEARCH,
        1,
        100_000,
    ),
)

_CASE_OPTIONS = (
    _names(
        "interaction.case-data.format-business-attribute",
        "",
        "Business attribute that says which case data is shown and how; keys that it does not list are hidden.",
        _ITEM,
        of="business-attribute",
        strategy=True,
    ),
    _flag(
        "interaction.disposition.is-mandatory",
        False,
        "A disposition must be set before Done.",
        _ITEM,
        strategy=True,
    ),
    _names(
        "desktop.language",
        "",
        "Language of the desktop, such as de or de_AT, as far as plugins speak it; empty = that of the computer.",
        _LOGIN,
    ),
    _flag(
        "<mt>.disposition.is-free",
        False,
        "Any disposition is taken for items of the media type: a plugin of the desktop says which there are.",
        _ITEM,
        strategy=True,
    ),
    _flag(
        "interaction.disposition.is-read-only-on-idle",
        False,
        "The disposition of an item that nobody has open cannot be changed.",
        _ITEM,
        strategy=True,
    ),
    _names(
        "interaction.disposition.key-name",
        "DispositionCode",
        "Attached key that carries the disposition.",
        _ITEM,
        strategy=True,
    ),
    _flag(
        "interaction.disposition.use-attached-data",
        False,
        "The disposition is also written to the attached data, at once and not only at Done.",
        _ITEM,
        strategy=True,
    ),
    _names(
        "interaction.disposition.value-business-attribute",
        "DispositionCode",
        "Business attribute that lists the dispositions; folders make it a tree.",
        _ITEM,
        of="business-attribute",
        strategy=True,
    ),
    _names(
        "contact.directory-permissions.<attr>",
        (),
        "Only contacts whose attribute has one of these values are found.",
        _SEARCH,
    ),
)

CORE_OPTIONS: Final = (
    *_LOGIN_OPTIONS,
    *_OFFER_OPTIONS,
    *_TRANSFER_OPTIONS,
    *_WORKBIN_OPTIONS,
    *_CASE_OPTIONS,
)
"""Declarations of the core."""


def core_catalogue() -> OptionCatalogue:
    """A catalogue with the options of the core only."""
    return OptionCatalogue(CORE_OPTIONS)
