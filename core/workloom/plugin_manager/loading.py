"""The code of a plugin: importing its class, without running more of it than that."""

from importlib import import_module

from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.manifest import Manifest


def import_class(manifest: Manifest) -> type:
    """The class that `desktop` names. BadPlugin if there is none; whatever the plugin's import raises."""
    module_name, _, class_name = manifest.desktop.partition(":")
    module = import_module(module_name)
    kind = vars(module).get(class_name)
    if kind is None:
        raise BadPlugin(f"desktop = “{manifest.desktop}”: the module {module_name} has no “{class_name}”.")
    if not isinstance(kind, type):
        raise BadPlugin(
            f"desktop = “{manifest.desktop}”: expected a class, found an object of type {type(kind).__name__}."
        )
    return kind
