"""`python -m provenance_server.probe`: asks the server of this machine whether it can answer; exits 0 if so.

For health checks of containers. Takes port and token from the same settings as the server.
"""

from __future__ import annotations

import http.client
import os
import sys


def main() -> int:
    port = int(os.environ.get("PROVENANCE_PORT", "8377"))
    token = os.environ.get("PROVENANCE_TOKEN")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/readyz", headers={"Authorization": f"Bearer {token}"} if token else {})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        print(f"no answer on port {port}: {error}", file=sys.stderr)
        return 1
    print(status)
    return 0 if status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
