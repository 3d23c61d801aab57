"""The Python API: the spiders' engine, asked from a script, a notebook or a server."""

from playfast.client.asynchronous import AsyncClient
from playfast.client.blocking import Client

__all__ = ["AsyncClient", "Client"]
