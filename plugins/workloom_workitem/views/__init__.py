"""The pane of an open item and the questions it asks. The Qt part of the plugin."""
