"""The desktop under test: a person at a window, and the main job. The part of the test kit that knows Qt."""

from workloom.testing.desktop.agent import Agent
from workloom.testing.desktop.headless import HeadlessDesktop
from workloom.testing.desktop.person import NotSeen, Person

__all__ = ["Agent", "HeadlessDesktop", "NotSeen", "Person"]
