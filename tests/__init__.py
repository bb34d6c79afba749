"""Tests by cost: unit, contract, shell, plugins, samples, architecture, docs; benchmarks apart."""
