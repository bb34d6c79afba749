"""Notices: what the agent is told, for some seconds or until closed, and all of it under the bell."""
