"""The Python API: the spiders' engine, asked from a script, a notebook or a server."""

from playfast.client.asynchronous import AsyncClient
from playfast.client.blocking import Client
from playfast.client.collected import Collected
from playfast.client.rows import AsyncRows, Rows
from playfast.client.swept import Swept

__all__ = ["AsyncClient", "AsyncRows", "Client", "Collected", "Rows", "Swept"]
