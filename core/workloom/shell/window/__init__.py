"""The main window of one agent: sidebar, top bar, main area, status bar."""
