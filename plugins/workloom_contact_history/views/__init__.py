"""The lists of the history on screen. The Qt part of the plugin."""
