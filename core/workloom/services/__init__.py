"""Use cases of the engine, through ports."""
