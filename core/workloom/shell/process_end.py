"""The end of the process: what is still there is left to the system.

When Python ends, PyQt goes through the table of all its objects and deletes each that belongs to Python. What code of
ours Qt calls meanwhile, such as an event filter of a widget that goes, makes objects, the table grows, which moves it,
and PyQt goes on in the old one: now and then the process ends with a segmentation fault.
"""

import gc

from PyQt6 import sip
from PyQt6.QtCore import QCoreApplication, QObject
from PyQt6.QtWidgets import QWidget


def leave_to_the_system() -> None:
    """Give Qt all widgets and all objects of classes written in Python: Qt deletes none of them, nor does PyQt now.

    Objects of Qt's own classes stay with Python: that a process is ended, or settings are written, may depend on it.
    """
    gc.unfreeze()  # what was frozen is not listed
    for one in gc.get_objects():
        kind = type(one)
        if not issubclass(kind, QObject) or issubclass(kind, QCoreApplication) or sip.isdeleted(one):
            continue
        if sip.ispyowned(one) and (issubclass(kind, QWidget) or not kind.__module__.startswith("PyQt6.")):
            sip.transferto(one, None)  # type: ignore[arg-type]  # the stub forgets it
