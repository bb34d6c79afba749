"""The code of a plugin: importing its classes, without running more of it than that."""

from importlib import import_module

from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.manifest import Manifest


def import_class(manifest: Manifest, key: str = "desktop") -> type:
    """The class that `desktop`, or another key, names. BadPlugin if there is none; whatever the import raises."""
    path: str = getattr(manifest, key)
    module_name, _, class_name = path.partition(":")
    module = import_module(module_name)
    kind = vars(module).get(class_name)
    if kind is None:
        raise BadPlugin(
            f"{key} = “{path}”: the module {module_name} has no “{class_name}”. Name a class that is there."
        )
    if not isinstance(kind, type):
        raise BadPlugin(f"{key} = “{path}”: expected a class, found an object of type {type(kind).__name__}.")
    return kind


def import_classes(manifest: Manifest) -> tuple[type | None, type | None]:
    """The plugin's class and that with its own hooks, each None where the manifest names none. Raises as above."""
    hooks = import_class(manifest, "hooks") if manifest.hooks else None
    return import_class(manifest) if manifest.desktop else None, hooks
