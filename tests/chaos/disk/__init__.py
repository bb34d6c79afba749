"""A disk that fails on command: what SQLite writes goes through a layer that records it, refuses it or loses it."""
