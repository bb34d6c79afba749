"""Ways of sharing a COMMIT that are wrong: each must be found, or the search for them proves nothing."""

from time import sleep
from typing import Any

from tests.chaos.disk.crew import Watched


class Hasty(Watched):
    """Tells a writer that its work is done before the COMMIT."""

    def finish(self) -> None:
        sleep(0.05)  # a slow disk: those who do not wait are told meanwhile
        super().finish()

    def _await(self, group: Any) -> None:
        pass


class Deaf(Watched):
    """Tells nobody that the COMMIT has failed."""

    def _await(self, group: Any) -> None:
        group.told.wait()


class Careless(Watched):
    """Keeps what a writer wrote before it failed, should others share its COMMIT."""

    def _undo(self, error: BaseException) -> None:
        if self._group is not None and self._group.members and self._connection.in_transaction:
            self._connection.execute("RELEASE member")
            self._unclean = False
        else:
            super()._undo(error)
