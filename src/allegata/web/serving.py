"""Serving the pages to one person on this machine."""

import gc
import os
import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from allegata.errors import InputError, StoreError
from allegata.web.app import make_app
from allegata.web.guarding import Guard

__all__ = ["LOOPBACK", "Address", "serve", "serving"]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_STOP_S = 5
_LATER = 10
"""Steps of priority below other programs."""

Address = str


def serve(
    where: str | Path,
    *,
    host: str,
    port: int,
    tell: Callable[[Address], None],
    basemap: Path | None = None,
) -> None:
    """Serve until the person stops it.

    Args:
        where: The ledger.
        host: Name or number of this machine; no other one.
        port: To listen on; 0 for any that is free.
        tell: Is given the address to open.
        basemap: A map of the user's own (`.pmtiles`).

    Raises:
        InputError: The host is not this machine, or there is no such ledger or map.
        StoreError: The ledger or the port cannot be used.
    """
    with _listening(host, port) as listener:
        app = make_app(where, basemap=basemap)
        server, address = _make(app, host, listener)
        _give_way()
        threading.Thread(target=_warm_up, args=[app], daemon=True).start()
        tell(address)
        server.run(sockets=[listener])


def _give_way() -> None:
    """Let programs that read reports go first: pages wait a little rather than they."""
    if hasattr(os, "nice"):
        os.nice(_LATER)


def _warm_up(app: FastAPI) -> None:
    """Make ready what pages need, and let the collector of garbage pass it over from now on."""
    app.state.shelf.warm_up()
    gc.collect()
    gc.freeze()


@contextmanager
def serving(
    where: str | Path, *, basemap: Path | None = None, warm: bool = False
) -> Iterator[Address]:
    """Serve beside whatever the block does, on a port that is free.

    Args:
        where: The ledger.
        basemap: A map of the user's own (`.pmtiles`).
        warm: Whether the first pages are made ready before, as `serve` does it meanwhile.

    Yields:
        The address to open.
    """
    with _listening("127.0.0.1", 0) as listener:
        app = make_app(where, basemap=basemap)
        if warm:
            _warm_up(app)
        server, address = _make(app, "127.0.0.1", listener)
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield address
        finally:
            server.should_exit = True
            thread.join(_STOP_S)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    if host not in LOOPBACK:
        raise InputError(
            f"--host {host}",
            "is not this machine: pages are served to the person who sits at it, and to no other.",
            "Use 127.0.0.1, and a tunnel (ssh -L) from elsewhere.",
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            reason = error.strerror or str(error)
            raise StoreError(
                f"port {port}: cannot be listened on: {reason}. Choose another one with --port."
            ) from error
        listener.listen(128)
        yield listener
    finally:
        listener.close()


def _make(pages: FastAPI, host: str, listener: socket.socket) -> tuple[uvicorn.Server, Address]:
    port = int(listener.getsockname()[1])
    token = secrets.token_urlsafe(24)
    app = Guard(pages, token=token, port=port)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        ws="none",
        timeout_graceful_shutdown=_STOP_S,
        timeout_keep_alive=15,
        limit_concurrency=256,
        h11_max_incomplete_event_size=32 * 1024,
    )
    shown = f"[{host}]" if ":" in host else host
    return uvicorn.Server(config), f"http://{shown}:{port}/?token={token}"
