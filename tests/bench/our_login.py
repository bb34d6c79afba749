"""Our login page, measured as the bare window is: prints when a key typed in the user field was painted."""

import sys
import tempfile
from pathlib import Path

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication, QLineEdit

from tests.bench.bare_window import Painted
from workloom.bootstrap.desktop import Desktop
from workloom.settings import Settings

KEEP_OUT = ("fastapi", "pydantic", "starlette", "sqlalchemy", "pydantic_settings", "pyqtgraph", "numpy", "httpx2")


def main() -> None:
    """Open the desktop on the folder given, type one key, leave."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp(prefix="workloom-bench-"))
    desktop = Desktop(Settings(data=folder))
    window = desktop.windows.open_window()
    field = window.findChild(QLineEdit, "login-user")
    assert field is not None
    painted = Painted(field)
    field.installEventFilter(painted)
    QTimer.singleShot(0, painted.type_key)
    QApplication.exec()
    found = [name for name in KEEP_OUT if name in sys.modules]
    if found:
        print("imported but to be kept out:", ", ".join(found), file=sys.stderr)
    desktop.close()


if __name__ == "__main__":
    main()
