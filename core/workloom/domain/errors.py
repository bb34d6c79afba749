"""Everything that can go wrong, as one tree.

    WorkloomError
    ├── BadInput            what was given cannot be used; names where
    │   └── KeyReused       the idempotency key belongs to another request
    ├── NotFound            no such object
    ├── NotAllowed          the privilege is missing
    ├── Refused             legal in itself, not in this state
    │   ├── OfferGone       the ticket is no longer valid
    │   ├── Stale           the item changed hands since it was read
    │   ├── Finished        the item is done; it can only be reopened
    │   ├── Vetoed          a gate of a plugin does not let it pass
    │   ├── CalledOff       the agent was asked, and chose not to
    │   ├── ItemsOpen       log-off with open items
    │   └── EventsMissed    what has happened since is not told any more: read everything anew
    ├── LoginFailed         one message for every cause
    ├── SessionEnded        the session was ended or has expired
    ├── TooOften            more requests than one address or user may make
    ├── WrongVersion        desktop and server speak different versions
    ├── ServiceFailed       the server has failed or is away: whether it did what was asked is not known
    ├── Disconnected        the service cannot be asked; whether a change arrived may be unknown
    └── StorageError        the data cannot be read or written
        ├── StorageFull
        ├── StorageReadOnly
        ├── StorageDamaged
        │   └── SiteDamaged the configuration that is kept; applying a site mends it
        ├── StorageBusy     another process owns the data
        ├── StorageTooNew   written by a later version
        ├── StorageConflict another change came in between; trying again helps
        └── StorageUnreachable  the database does not answer

The text of an error is a sentence that an agent can read: what was found, what was expected, what to do.
"""

from typing import Final


class WorkloomError(Exception):
    """Base of all errors that Workloom raises on purpose."""

    @property
    def sentence(self) -> str:
        """What it says; a `Sentence` where it can be said in other languages."""
        return self.args[0] if self.args else ""

    def say_as(self, sentence: str) -> None:
        """Let it say the same in other words, such as those of another language."""
        self.args = (sentence, *self.args[1:])


class BadInput(WorkloomError):
    """What was given cannot be used. `where` names the file and line, row, field or option.

    `field` is the name of the value in what was given, for who must point at it; the sentence does not begin with it.
    """

    def __init__(self, message: str, *, where: str = "", field: str = "") -> None:
        super().__init__(f"{where}: {message}" if where else message)
        self.message = message
        self.where = where
        self.field = field or where

    @property
    def sentence(self) -> str:
        """What is wrong, without where."""
        return self.message

    def say_as(self, sentence: str) -> None:
        """The place stays before it."""
        self.message = sentence
        self.args = (f"{self.where}: {sentence}" if self.where else sentence,)


KEY_NAME: Final = "Idempotency-Key"
"""What an idempotency key is called by those who send one: the header in which it travels."""


class KeyReused(BadInput):
    """Something else was carried out under this idempotency key. Nothing was changed."""


class NotFound(WorkloomError):
    """There is no such object."""


class NotAllowed(WorkloomError):
    """The caller's roles do not allow it. `privilege` is the one that would."""

    def __init__(self, message: str, *, privilege: str = "") -> None:
        super().__init__(message)
        self.privilege = privilege


class Refused(WorkloomError):
    """Not possible in the state that the object is in."""


class OfferGone(Refused):
    """The offer was withdrawn, taken by somebody else, or has run out."""


class Stale(Refused):
    """The item has changed hands since it was read."""


class Finished(Refused):
    """The item is done. It can only be reopened from the contact history."""


class Vetoed(Refused):
    """A gate of a plugin does not let the command pass. `plugin` is its id."""

    def __init__(self, message: str, *, plugin: str = "") -> None:
        super().__init__(message)
        self.plugin = plugin


class CalledOff(Refused):
    """The agent was asked before the command, and chose not to go on."""


class ItemsOpen(Refused):
    """Logging off is refused while items are open. `items` are their ids."""

    def __init__(self, message: str, *, items: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.items = items


class EventsMissed(Refused):
    """Too much has happened since the position that was named, or the log has never been there: it was restored.

    Read everything anew, and go on from the newest event.
    """


class LoginFailed(WorkloomError):
    """User or password is wrong, or the person may not log in: one message for all causes."""

    def __init__(self, message: str, *, wait_seconds: float = 0.0) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds


class SessionEnded(WorkloomError):
    """The session was ended elsewhere or has expired."""


class TooOften(WorkloomError):
    """More requests than are allowed. `wait_seconds` says how long to wait."""

    def __init__(self, message: str, *, wait_seconds: float = 0.0) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds


class WrongVersion(WorkloomError):
    """Desktop and server do not understand each other. `versions` are those that the server speaks."""

    def __init__(self, message: str, *, versions: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.versions = versions


class ServiceFailed(WorkloomError):
    """The server has failed, stops or cannot be reached. Whether it did what was asked is not known: ask again."""


class Disconnected(WorkloomError):
    """The service cannot be asked. `may_have_arrived`: it is not known whether the change was carried out.

    The same change asked again under the same key finds out, and is not carried out twice.
    """

    def __init__(self, message: str, *, may_have_arrived: bool = False) -> None:
        super().__init__(message)
        self.may_have_arrived = may_have_arrived


class StorageError(WorkloomError):
    """The data cannot be read or written. Nothing was changed."""


class StorageFull(StorageError):
    """No space is left for the data."""


class StorageReadOnly(StorageError):
    """The data folder cannot be written."""


class StorageDamaged(StorageError):
    """The database is damaged. The file is kept as it is."""


class SiteDamaged(StorageDamaged):
    """The configuration that is kept cannot be read. Applying a site file puts another in its place."""


class StorageBusy(StorageError):
    """Another desktop process uses this data."""


class StorageTooNew(StorageError):
    """A later version of Workloom has written this data."""


class StorageConflict(StorageError):
    """Two changes met in the database and this one was given up. The same, made again, will find its way."""


class StorageUnreachable(StorageError):
    """The database does not answer. Of a change that was under way only a repetition with its key tells whether it is
    made.
    """
