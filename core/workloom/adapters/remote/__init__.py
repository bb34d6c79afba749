"""The services on a server: commands over HTTP, news over a WebSocket. `backend.RemoteBackend` is what to use.

httpx2 and websockets are imported when the first node is asked, so that a desktop without a server never needs them.
"""
