"""Running waitress until told to stop, and then finishing what was taken.

waitress by itself gives running requests five seconds and cancels those that wait. Here everything accepted is
answered: connections in the kernel's queue are taken in, the port is closed, and the loop goes on until no connection
has a request in hand.
"""

from __future__ import annotations

import functools
import logging
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel

log = logging.getLogger("provenance.shutdown")

NEWCOMER = 1.0  # seconds within which a fresh connection should have sent its request


def run(server: Any, sockets: dict[int, Any], stopping: threading.Event, seconds: float) -> None:
    """Serves until SIGTERM or SIGINT sets `stopping`; a second signal ends at once.

    `sockets` is the server's map of sockets; `seconds`: how long to wait for what was taken.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        if stopping.is_set():
            raise SystemExit(1)
        stopping.set()
        server.pull_trigger()

    server.handle_accept = functools.partial(_accept, server, sockets, server.handle_accept)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping.is_set():
        _turn(sockets, 1.0)
    _finish(server, sockets, seconds)


def _finish(server: Any, sockets: dict[int, Any], seconds: float) -> None:
    log.info("stopping")
    server.handle_accept()
    server.accepting = False
    server.del_channel(sockets)
    server.socket.close()
    end = time.monotonic() + seconds
    while (left := sum(map(_in_hand, list(sockets.values())))) and time.monotonic() < end:
        _turn(sockets, 0.05)
    log.info("stopped", extra={"unanswered": left})


def _accept(server: Any, sockets: dict[int, Any], accept_one: Callable[[], None]) -> None:
    """Takes in all that the kernel has queued, not one a turn: a turn takes time with each open connection."""
    before = -1
    while before != len(sockets) < server.adj.connection_limit:
        before = len(sockets)
        accept_one()


def _in_hand(channel: Any) -> bool:
    """Whether a connection has a request that is not answered yet, or is too new to tell."""
    if not isinstance(channel, HTTPChannel):
        return False
    if channel.requests or channel.request is not None or channel.total_outbufs_len:
        return True
    new = time.time() - channel.creation_time < NEWCOMER
    return bool(new and channel.last_activity == channel.creation_time)


def _turn(sockets: dict[int, Any], timeout: float) -> None:
    wasyncore.loop(timeout=timeout, use_poll=True, map=sockets, count=1)
