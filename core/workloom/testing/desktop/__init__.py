"""The desktop under test: a person at a window, and the main job. The part of the test kit that knows Qt."""
