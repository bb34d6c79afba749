"""The first step of the login alone: who was refused waits, and nobody else."""

from pytestqt.qtbot import QtBot

from tests.shell.kit.keys import type_text
from workloom.api.ui import Ui
from workloom.shell.login.credentials import Credentials


def test_who_comes_to_the_page_meanwhile_hears_nothing_of_a_wrong_password(ui: Ui, qtbot: QtBot) -> None:
    page = Credentials(ui, lambda _user, _password: None)
    qtbot.addWidget(page)
    page.user.setText("lena")
    page.password.setText("wrong")
    page.submit()
    page.busy("Checking …")
    page.user.setText("jonas")
    page.password.setText("right")
    page.refuse("User name or password is wrong.", 9.0)
    assert page.password.text() == "right"
    assert page.go.isEnabled()
    page.submit()
    page.refuse("User name or password is wrong.", 9.0)
    assert page.password.text() == ""
    assert not page.go.isEnabled()
    page.user.clear()
    type_text(page.user, "lena")
    assert page.go.isEnabled()
