"""The sound of an offer. Never the only signal: without QtMultimedia or the file it is a beep or nothing."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct
from PyQt6.QtCore import QTimer, QUrl
from PyQt6.QtWidgets import QApplication

log = logging.getLogger(__name__)
UNTIL_ANSWERED, ONCE = -1, 0
LOUDEST = 100
UNTIL_STOPPED = -2
"""What Qt calls QSoundEffect::Infinite."""


class Sound(Struct, frozen=True, kw_only=True):
    """The value of the option `<mt>.ringing-bell`: `sound|priority|duration[|volume]`; duration in ms."""

    file: str
    priority: int = 0
    duration: int = ONCE
    volume: int = LOUDEST


def parse_bell(text: str) -> Sound | None:
    """The parts of the option's value; None when there is no sound or a part does not fit."""
    file, *numbers = (part.strip() for part in text.split("|"))
    try:
        values = [int(number) for number in numbers]
    except ValueError:
        return None
    if not file:
        return None
    names = ("priority", "duration", "volume")
    return Sound(file=file, **dict(zip(names, values, strict=False)))


class Ringing(Protocol):
    """A sound that can be stopped."""

    def stop(self) -> None:
        """Be silent."""
        ...


class Bells:
    """The sounds of all offers of one agent: of several only those of the highest priority ring."""

    def __init__(self, make: Callable[[Sound], Ringing]) -> None:
        self._make = make
        self._ringing: dict[str, tuple[int, Ringing]] = {}

    def ring(self, ticket: str, option: str) -> None:
        """Ring for an offer, as the value of its option says, unless one of a higher priority does."""
        sound = parse_bell(option)
        if sound is None or any(priority > sound.priority for priority, _bell in self._ringing.values()):
            return
        for other in [other for other, (priority, _bell) in self._ringing.items() if priority < sound.priority]:
            self.stop(other)
        self._ringing[ticket] = (sound.priority, self._make(sound))

    def stop(self, ticket: str) -> None:
        """The offer was answered, or has gone."""
        _priority, bell = self._ringing.pop(ticket, (0, None))
        if bell is not None:
            bell.stop()


class Bell:
    """Rings for one offer until `stop`, or as long as its duration says."""

    def __init__(self, sound: Sound) -> None:
        self._effect = _effect(sound)
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.stop)
        if self._effect is None:
            QApplication.beep()
            return
        self._effect.play()
        if sound.duration > 0:
            self._timer.start(sound.duration)

    def stop(self) -> None:
        """Be silent."""
        self._timer.stop()
        if self._effect is not None:
            self._effect.stop()


def _effect(sound: Sound) -> Any:  # QSoundEffect, whose module may be missing on this machine
    path = Path(sound.file).expanduser()
    if not path.is_file():
        return None
    try:
        from PyQt6.QtMultimedia import QSoundEffect
    except ImportError as error:  # libpulse is not on every machine
        log.info("No sound: %s", error)
        return None
    effect = QSoundEffect()
    effect.setSource(QUrl.fromLocalFile(str(path)))
    effect.setVolume(max(0, min(LOUDEST, sound.volume)) / LOUDEST)
    effect.setLoopCount(1 if sound.duration == ONCE else UNTIL_STOPPED)
    return effect
