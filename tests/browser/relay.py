"""The real server with somebody who takes notes before it: every request is written down, passed on and answered."""

from __future__ import annotations

import http.server
import threading
import urllib.error
import urllib.request
from typing import Any

HOP = {"host", "connection", "content-length", "transfer-encoding", "date", "server", "accept-encoding"}


class Relay:
    """Relays to the server at `address`; `requests` are (method, path, headers by lower-case name)."""

    def __init__(self, address: str) -> None:
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.silent = False  # breaks off every request for an analysis
        relay, opener = self, urllib.request.build_opener(urllib.request.ProxyHandler({}))

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *args: Any) -> None:
                pass

            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)) or None
                headers = {name.lower(): value for name, value in self.headers.items()}
                relay.requests.append((self.command, self.path, headers))
                if relay.silent and self.path.startswith("/v1/"):
                    self.close_connection = True
                    return
                passed_on = {name: value for name, value in headers.items() if name not in HOP}
                request = urllib.request.Request(address + self.path, body, passed_on, method=self.command)
                try:
                    answer: Any = opener.open(request, timeout=120)
                except urllib.error.HTTPError as error:
                    answer = error
                with answer:
                    content = answer.read()
                    self.send_response(answer.status)
                    for name, value in answer.headers.items():
                        if name.lower() not in HOP:
                            self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_POST = do_GET

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
