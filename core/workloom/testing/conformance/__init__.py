"""Suites that every channel and every backend must pass. Subclass one in a test module, and name the class `Test…`."""

from workloom.testing.conformance.backends import BackendConformance
from workloom.testing.conformance.channels import ChannelConformance

__all__ = ["BackendConformance", "ChannelConformance"]
