"""The HTTP API: capture and administration for programs, with its OpenAPI document. A node mounts `api.HttpApi`."""
