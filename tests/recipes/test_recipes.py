"""Each customisation of the recipes does on a real desktop what its page says."""

from PyQt6.QtWidgets import QWidget

from workloom.api import ActionPlace, MarkDone, Presence, State
from workloom.testing import Office
from workloom.testing.desktop import Agent, HeadlessDesktop


class TestOwnView:
    """A main view and an entry of the menu that leads to it."""

    recipe = "own_view"

    def test_it_shows(self, agent: Agent) -> None:
        # begin own_view
        agent.run("own_view.show", place=ActionPlace.MAIN_MENU)
        agent.reads_in("own_view.team", "Waiting for documents")
        # end


class TestGroupPanel:
    """A panel for a group."""

    recipe = "group_panel"

    def test_agents_of_the_group_see_one_panel_more(self, office: Office, desktop: HeadlessDesktop) -> None:
        # begin group_panel
        ann, cid = desktop.log_in("ann"), desktop.log_in("cid")  # Ann is an expert, Cid is not
        for agent in (ann, cid):
            agent.open(office.submit(queue="shelf"))
            agent.wait_for("For everybody")
        assert ann.sees("For experts")
        assert not cid.sees("For experts")
        # end


class TestBlockDone:
    """Done waits for a disposition."""

    recipe = "block_done"

    def test_done_waits(self, office: Office, agent: Agent) -> None:
        # begin block_done
        office.submit()
        item = agent.accept()
        agent.press("Ctrl+Return")
        agent.notice("Choose a disposition first.")
        assert not office.item(item).is_finished
        agent.choose("refused", "Disposition")
        agent.wait_for("Chosen")
        agent.press("Ctrl+Return")
        agent.until("the end of the item", lambda: office.item(item).is_finished)
        # end


class TestToolbarButton:
    """A button."""

    recipe = "toolbar_button"

    def test_it_marks_once(self, office: Office, agent: Agent) -> None:
        # begin toolbar_button
        office.submit()
        item = agent.accept()
        agent.click("Thank")
        agent.until("the mark", lambda: "Thanked" in office.item(item).attached)
        assert agent.state("toolbar_button.thank", item).reason == "The customer was thanked already."
        # end


class TestListAction:
    """An action of lists."""

    recipe = "list_action"

    def test_it_works_in_the_history(self, office: Office, agent: Agent) -> None:
        # begin list_action
        item = office.take(agent.services).id
        office.do(agent.services, MarkDone(item=item))
        agent.run("list_action.note", item, ActionPlace.HISTORY_ROWS)
        agent.until("the note", lambda: [note.text for note in agent.services.items.notes(item)] == ["Seen."])
        # end
        assert "list_action.note" in agent.actions(ActionPlace.WORKBIN_ROWS)
        assert "list_action.note" not in agent.actions()


class TestAttachData:
    """Data before a transfer."""

    recipe = "attach_data"

    def test_the_receiver_reads_who_sent_it(self, office: Office, agent: Agent) -> None:
        # begin attach_data
        office.submit()
        item = agent.accept()
        office.log_in("bob")
        agent.press("Ctrl+T")
        popup = agent.popup("Find a target")
        agent.write("bob", agent.named(QWidget, "targets.search", popup))
        agent.until("Bob", lambda: "1 result" in agent.texts(popup))
        agent.press("Return", agent.named(QWidget, "targets.search", popup))
        agent.until("the data", lambda: office.item(item).attached.get("SentBy") == "Ann")
        # end


class TestAskBefore:
    """A question."""

    recipe = "ask_before"

    def test_without_a_reason_nothing_is_asked(self, office: Office, agent: Agent) -> None:
        office.submit()
        item = agent.accept()
        agent.press("Ctrl+W")
        agent.until("the item put away", lambda: office.item(item).state is State.IN_WORKBIN)

    def test_the_agent_decides(self, office: Office, agent: Agent) -> None:
        # begin ask_before
        office.submit(attached={"Estimate": 700})
        item = agent.accept()
        asked = agent.will_answer("Let it go")
        agent.press("Ctrl+W")
        agent.until("the item put away", lambda: office.item(item).state is State.IN_WORKBIN)
        assert "The estimate of 700 is not settled yet." in asked
        # end


class TestCloseTarget:
    """Another workbin."""

    recipe = "close_target"

    def test_a_closed_claim_waits_for_documents(self, office: Office, agent: Agent) -> None:
        # begin close_target
        office.submit()
        item = agent.accept()
        agent.press("Ctrl+W")
        agent.until("the item put away", lambda: office.item(item).workbin == "waiting")
        # end


class TestToExperts:
    """To a group."""

    recipe = "to_experts"

    def test_it_goes_to_somebody_of_the_group(self, office: Office, desktop: HeadlessDesktop) -> None:
        # begin to_experts
        cid = desktop.log_in("cid")
        item = office.submit(queue="shelf")
        cid.open(item)
        bob = office.log_in("bob")
        cid.click("To the experts")
        cid.notice("Sent to the experts")
        assert [row.item.id for row in bob.items.offers()] == [item]
        # end


class TestScreenPop:
    """A page."""

    recipe = "screen_pop"

    def test_the_page_of_an_item_opens_and_one_that_may_not_be_opened_is_told(
        self, office: Office, agent: Agent, desktop: HeadlessDesktop
    ) -> None:
        # begin screen_pop
        office.submit(attached={"Page": "https://claims.example.org/C-1"})
        agent.accept()
        agent.until("the page", lambda: desktop.opened == ["https://claims.example.org/C-1"])
        office.submit(attached={"Page": "file:///etc/passwd"})
        agent.accept()
        agent.notice("The page of the item cannot be opened")
        # end
        assert len(desktop.opened) == 1


class TestStatusMenu:
    """Own reasons."""

    recipe = "status_menu"

    def test_the_own_entry_stands_in_place(self, agent: Agent) -> None:
        # begin status_menu
        agent.open_status_menu()
        agent.choose_in_menu("At lunch, back in an hour")
        session = agent.services.presence.session
        lunch = {(Presence.NOT_READY, "Lunch")}
        agent.until("lunch", lambda: {(one.state, one.reason) for one in session().channels} == lunch)
        # end


class TestAfterLogin:
    """A greeting."""

    recipe = "after_login"

    def test_it_greets(self, agent: Agent) -> None:
        # begin after_login
        assert agent.notice("Good morning").text == "0 items are open."
        # end


class TestAlerts:
    """Alerts."""

    recipe = "alerts"

    def test_an_item_that_is_open_for_long_is_told_of_once(self, office: Office, agent: Agent) -> None:
        # begin alerts
        office.submit(subject="Burst pipe")
        agent.accept()
        office.advance(61)
        assert agent.notice("Still open").text == "Burst pipe"
        # end
        agent.let_work(0.5)
        assert [notice.title for notice in agent.notices()].count("Still open") == 1
