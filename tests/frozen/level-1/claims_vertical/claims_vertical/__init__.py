"""Insurance claims: a work item type of a partner."""
