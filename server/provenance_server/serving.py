"""From settings to a running server: waitress in front, the pool behind, and an orderly end."""

from __future__ import annotations

import errno
import logging
import signal
import socket
import sys
from types import FrameType

from provenance_server.pool import Pool
from provenance_server.settings import Settings

log = logging.getLogger("provenance.serving")


class PortInUse(Exception):
    """Another program listens on that address."""


def serve(settings: Settings) -> None:
    """Serves until SIGTERM or SIGINT; then finishes what it took and returns."""
    listener = listen(settings)
    pool = Pool(
        settings.engine,
        workers=settings.workers,
        queue=settings.queue,
        deadline=settings.deadline,
        memory=settings.memory_mb * 1_000_000,
    )
    pool.start()  # loads while we import Flask

    from waitress.server import create_server

    from provenance_server.app import create_app

    server = create_server(
        create_app(settings, pool),
        sockets=[listener],
        threads=settings.workers * 2 + settings.queue + 16,  # one for each that may wait, and some that say no
        connection_limit=settings.connections,
        channel_timeout=settings.idle_seconds,
        cleanup_interval=max(1, settings.idle_seconds // 2),
        asyncore_use_poll=True,  # select() ends the process at 1,024 sockets
        max_request_body_size=max(settings.body_limit, settings.batch_limit) + 65536,
        inbuf_overflow=settings.body_limit + 65536,  # below it no page is written to a temporary file
        outbuf_overflow=settings.body_limit * 4,
        ident=None,
    )

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    print(f"Provenance answers on {address(listener)}", file=sys.stderr, flush=True)
    try:
        server.run()
    finally:
        pool.close()


def listen(settings: Settings) -> socket.socket:
    """The listening socket, bound before anything is loaded, so that a taken port is said at once."""
    host = settings.host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, settings.port))
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(f"port {settings.port} is in use; choose another with --port") from None
        raise PortInUse(f"cannot listen on {settings.host}: {error.strerror}") from None
    return listener


def address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
