"""Widgets of the workbins; the only modules of the plugin that know Qt."""
