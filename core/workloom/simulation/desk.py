"""An agent's desktop for one session: commands with keys, repeated at times, and some that come too late."""

from random import Random

from workloom.domain.commands import Close, Command, SetProperties
from workloom.domain.errors import NotAllowed, Refused, SessionEnded
from workloom.domain.interaction import Interaction
from workloom.services.backend import AgentServices
from workloom.simulation.world import World


class Desk:
    """Sends the commands of one session."""

    def __init__(self, world: World, name: str, random: Random, services: AgentServices) -> None:
        self.services = services
        self.ended = False
        self._world = world
        self._name = name
        self._random = random

    def do(self, command: Command) -> Interaction | None:
        """The item afterwards, None if the command was refused. Sometimes it is sent once more, as after a time-out."""
        key = self._world.new_key()
        after = self._send(command, key)
        self._world.actions[type(command).__name__] += 1
        if after is not None and self._random.random() < self._world.habits.retries:
            delay = self._random.expovariate(1 / 20)
            self._world.agenda.after(delay, lambda: self._send_again(command, key, after))
        return after

    def late(self, item: str, before: int) -> None:
        """A command from before the item was lost or came back, with the fence of then: it must be refused."""
        found = self._world.record(item)
        command: Command = Close(item=item)
        if found is not None and found.assigned_to == self._name:
            if found.fence == before:
                return
            command = SetProperties(item=item, fence=before, changes={"Late": "yes"})
        if self._send(command, "") is not None:
            self._world.findings.add("I2", f"{self._name} changed {item} with an old fence ({type(command).__name__})")
        self._world.actions["late command"] += 1

    def after_end(self, item: str) -> None:
        """A command of a session that was thought lost: if it has ended, nothing may come of it."""
        if self._send(Close(item=item), "") is not None:
            self._world.findings.add("I2", f"an ended session of {self._name} changed {item}")
        self._world.actions["command of an ended session"] += 1

    def _send(self, command: Command, key: str) -> Interaction | None:
        try:
            return self.services.items.execute(command, key=key)
        except SessionEnded as error:
            self.ended = True
            self._refused(error)
        except (Refused, NotAllowed) as error:
            self._refused(error)
        return None

    def _send_again(self, command: Command, key: str, first: Interaction) -> None:
        last = self._world.last_event()
        answer = self._send(command, key)
        self._world.actions["retry"] += 1
        if self.ended:
            return
        if answer != first:
            self._world.findings.add("I3", f"{self._name}: {key} was answered twice in different ways")
        if self._world.last_event() != last:
            self._world.findings.add("I3", f"{self._name}: {key} was carried out twice")

    def _refused(self, error: Exception) -> None:
        self._world.refusals[type(error).__name__] += 1
