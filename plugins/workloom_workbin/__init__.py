"""Workbins: tree, list and details, and Move to workbin."""
