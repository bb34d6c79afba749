"""The hooks: what the extension brings to the engine."""

from collections.abc import Sequence
from pathlib import Path

from audit_export.files import AuditFiles
from workloom.api import EngineContext, EventReader, hook


class AuditExport:
    """One reader of events, if a folder is set."""

    @hook
    def event_readers(self, context: EngineContext) -> Sequence[EventReader]:
        """Writes to the folder. Without one nothing is read, so that the first export begins with the first event."""
        folder = context.options().text("audit-export.folder")
        if not folder:
            return ()
        return (EventReader(id="audit_export.files", take=AuditFiles(Path(folder)).add),)
