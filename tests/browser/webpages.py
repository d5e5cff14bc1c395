"""Test pages over loopback HTTP, reachable under any host name that the browsers map to this machine."""

from __future__ import annotations

import http.server
import ssl
import threading
from pathlib import Path
from typing import Any

PAGES = Path(__file__).parent / "pages"


class Site:
    """Serves what `put` has given it, else the files of pages/; nothing else; by https with a certificate."""

    def __init__(self, certificate: Path | None = None) -> None:
        self._bodies: dict[str, tuple[bytes, dict[str, str]]] = {}
        self.requests: list[tuple[str, dict[str, str], bytes]] = []  # what was posted here: path, headers, body
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *args: Any) -> None:
                pass

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                site.requests.append((self.path, dict(self.headers), body))
                self.send_error(404)

            def do_GET(self) -> None:
                name = self.path.split("?")[0].lstrip("/")
                body, headers = site.body(name)
                self.send_response(200 if body else 404)
                for header, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(header, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            # The handshake is the connection's own thread's work, not the listener's: an idle connection holds up none.
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._scheme = "https" if certificate else "http"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def body(self, name: str) -> tuple[bytes, dict[str, str]]:
        if name in self._bodies:
            return self._bodies[name]
        file = PAGES / name
        return (file.read_bytes() if file.is_file() and file.parent == PAGES else b""), {}

    def put(self, name: str, html: str | bytes, headers: dict[str, str] | None = None) -> str:
        """Serves this page from now on; returns its address."""
        self._bodies[name] = (html.encode() if isinstance(html, str) else html), headers or {}
        return self.url(name)

    def url(self, name: str, host: str = "127.0.0.1") -> str:
        return f"{self._scheme}://{host}:{self._server.server_port}/{name}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
