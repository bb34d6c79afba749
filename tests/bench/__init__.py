"""Measurements: each figure beside its physical limit or a peer, in one interleaved run; never a test."""
