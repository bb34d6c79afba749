"""What holds for a channel of any plugin: whatever an item holds or lacks, its offer is presented and can be taken."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from msgspec import structs

from workloom.api.contributions import Fact, ToastContent
from workloom.domain.interaction import SUBJECT
from workloom.domain.pages import ItemRow
from workloom.testing.office import Office
from workloom.testing.sites import with_media_type

if TYPE_CHECKING:
    from workloom.testing.desktop import Agent, HeadlessDesktop

LONG = 20_000
MARKUP = "<b>not bold</b> & <img src=x>"
LONGEST_SECONDS = 1.0
"""For one toast, on any machine: offers wait for it, the window does not."""


class ChannelConformance:
    """`plugin` and `media_type` are those of the channel; `attached` is data that its items usually hold.

    The media type is added to the site of the office if it is not there.
    """

    plugin: ClassVar[str]
    media_type: ClassVar[str]
    attached: ClassVar[Mapping[str, Any]] = {}

    @pytest.fixture
    def offered(self, office: Office, desktop: "HeadlessDesktop") -> "Callable[..., Agent]":
        """Logs Ann in with an offer of the media type; takes what `Office.submit` takes."""

        def offer(**fields: Any) -> "Agent":
            office.change(with_media_type(self.media_type))
            given = {"attached": self.attached, "queue": self.media_type, **fields}
            office.submit(media_type=self.media_type, **given)
            return desktop.log_in("ann")

        return offer

    def test_the_channel_of_this_plugin_presents_the_offer_and_it_can_be_taken(
        self, offered: "Callable[..., Agent]", office: Office, desktop: "HeadlessDesktop"
    ) -> None:
        agent = offered(subject="The usual")
        channel = agent.desk.registries.channel(self.media_type)
        assert channel is not None, f"No channel presents “{self.media_type}”."
        assert channel.plugin == self.plugin
        assert agent.texts(agent.toast())
        assert office.item(agent.accept()).assigned_to == "ann"
        assert desktop.faults() == ()

    def test_an_item_that_says_nothing_of_itself_is_presented(
        self, offered: "Callable[..., Agent]", desktop: "HeadlessDesktop"
    ) -> None:
        agent = offered(attached={"City": ""})
        content = self._present(agent)
        assert content.title.strip(), "A toast says what is offered, in its title."
        assert content.heading.strip(), "A toast says whom it is about, or that nobody knows."
        assert desktop.faults() == ()

    def test_long_texts_and_markup_are_presented_as_they_are_and_in_time(
        self, offered: "Callable[..., Agent]", desktop: "HeadlessDesktop"
    ) -> None:
        words = f"{MARKUP} {'Wort ' * (LONG // 5)}"
        agent = offered(attached={**dict.fromkeys(self.attached, words), SUBJECT: words})
        began = time.monotonic()
        content = self._present(agent)
        took = time.monotonic() - began
        assert took < LONGEST_SECONDS, f"present() took {took:.1f} s; it may ask the services, and no more than that."
        assert any(MARKUP in text for text in _texts(content)), "The words of a customer are shown, not interpreted."
        agent.press("F8")
        assert desktop.faults() == ()

    def test_the_same_offer_is_presented_alike_on_any_thread(self, offered: "Callable[..., Agent]") -> None:
        agent = offered(subject="The usual")
        with ThreadPoolExecutor(4) as pool:
            contents = list(pool.map(lambda _time: self._present(agent), range(8)))
        assert all(content == contents[0] for content in contents)

    def _present(self, agent: "Agent") -> ToastContent:
        row = self._row(agent)
        channel = agent.desk.registries.channel(self.media_type)
        assert channel is not None, f"No channel presents “{self.media_type}”."
        with ThreadPoolExecutor(1) as pool:
            content = pool.submit(channel.what.present, row).result(20)
        assert isinstance(content, ToastContent), f"present() returned {type(content).__name__}, not ToastContent."
        return content

    def _row(self, agent: "Agent") -> ItemRow:
        rows = [row for row in agent.services.items.offers() if row.item.media_type == self.media_type]
        assert rows, f"Nothing of “{self.media_type}” is offered to Ann."
        return rows[0]


def _texts(content: ToastContent) -> list[str]:
    said = []
    for value in structs.astuple(content):
        if isinstance(value, str):
            said.append(value)
        elif isinstance(value, tuple):
            said += [fact.value for fact in value if isinstance(fact, Fact)]
    return said
