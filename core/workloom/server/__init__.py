"""A server node: HTTP and WebSocket over the services of one engine."""
