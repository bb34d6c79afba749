"""Loads the `loom` script as a module, fresh for each test."""

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

LOOM = Path(__file__).parents[2] / "loom"


def load_loom() -> ModuleType:
    """The script, not run. It has no suffix, so Python would not find it by itself."""
    loader = SourceFileLoader("loom", str(LOOM))
    spec = spec_from_loader("loom", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module
