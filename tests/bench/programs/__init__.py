"""Programs that are measured, each in a new process: ours and its reference, driven in the same way."""
