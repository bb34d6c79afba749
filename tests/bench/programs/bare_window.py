"""The reference for start and memory: a bare QMainWindow with one field."""

import sys

from PyQt6.QtWidgets import QApplication, QLineEdit, QMainWindow

from tests.bench.programs.painted import Painted, report

if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = QMainWindow()
    line = QLineEdit()
    window.setCentralWidget(line)
    window.show()
    Painted(line, report)
    sys.exit(application.exec())
