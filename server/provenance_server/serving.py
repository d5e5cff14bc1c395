"""From settings to a running server: waitress in front, the pool behind, and an orderly end."""

from __future__ import annotations

import errno
import logging
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from provenance_server import logs
from provenance_server.cache import DAY, Cache, Disk, default_file
from provenance_server.pool import Pool
from provenance_server.settings import MB, Settings

OTHER_FILES = 300  # pipes, the cache, modules

log = logging.getLogger("provenance.serving")


class PortInUse(Exception):
    """Another program listens on that address."""


def serve(settings: Settings) -> None:
    """Serves until SIGTERM or SIGINT; then finishes what it took and returns."""
    listener = listen(settings)
    settings = settings.model_copy(update={"port": listener.getsockname()[1]})
    logs.configure(settings.log_level)
    pool = Pool(
        settings.engine,
        workers=settings.workers,
        queue=settings.queue,
        deadline=settings.deadline,
        memory=settings.memory_mb * MB,
    )
    pool.start()  # the engine loads while we import Flask
    try:
        _serve(settings, pool, listener)
    finally:
        pool.close()


def _serve(settings: Settings, pool: Pool, listener: socket.socket) -> None:
    from waitress.server import create_server

    from provenance_server import shutdown
    from provenance_server.app import create_app
    from provenance_server.observe import Metrics

    metrics = Metrics()
    pool.on_lost = lambda cause: metrics.lost.labels(cause).inc()
    cache = cache_of(settings, on_error=metrics.cache.labels("error").inc)
    sockets: dict[int, Any] = {}
    server = create_server(
        create_app(settings, pool, cache, metrics),
        map=sockets,
        sockets=[listener],
        threads=settings.workers * 2 + settings.queue + 16,  # one for each that may wait, and some that say no
        connection_limit=descriptors(settings.connections),
        channel_timeout=settings.idle_seconds,
        cleanup_interval=max(1, settings.idle_seconds // 2),
        asyncore_use_poll=True,  # select() ends the process at 1,024 sockets
        recv_bytes=131_072,  # of a page at a time; with the default of 8,192 many large pages at once take seconds
        max_request_body_size=max(settings.body_limit, settings.batch_limit) + 65536,
        inbuf_overflow=settings.body_limit + 65536,  # below it no page is written to a temporary file
        outbuf_overflow=settings.body_limit * 4,
        ident=None,
        clear_untrusted_proxy_headers=True,
        **_proxy(settings),
    )
    pool.leaving = stopping = threading.Event()
    print(f"Provenance answers on {address(listener)}", file=sys.stderr, flush=True)
    shutdown.run(server, sockets, stopping, settings.deadline + 20)
    if cache:
        cache.close()


def descriptors(connections: int) -> int:
    """Raises this process's limit on open files for so many connections; returns how many there may be."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return connections
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + OTHER_FILES
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most - OTHER_FILES


def _proxy(settings: Settings) -> dict[str, Any]:
    """Whose forwarded headers count: of the configured proxy only."""
    if not settings.trusted_proxy:
        return {}
    return {
        "trusted_proxy": settings.trusted_proxy,
        "trusted_proxy_count": settings.trusted_proxy_count,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    }


def cache_of(settings: Settings, on_error: Callable[[], None]) -> Cache | None:
    """The cache that the settings name, or None."""
    if settings.cache == "off":
        return None
    return Disk(
        default_file() if settings.cache == "disk" else Path(settings.cache),
        size=settings.cache_mb * MB,
        age=settings.cache_days * DAY,
        on_error=on_error,
    )


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
