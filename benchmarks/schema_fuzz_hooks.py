"""How Schemathesis writes and reads NDJSON: the schema describes one line. Loaded by `schema_fuzz.sh`."""

import json
from typing import Any

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def write(context: Any, value: Any) -> bytes:
    return (value if isinstance(value, str) else json.dumps(value)).encode("utf-8", "replace")


@schemathesis.deserializer("application/x-ndjson")
def read(context: Any, response: Any) -> Any:
    """The first line, which is what the schema describes."""
    return json.loads(response.content.splitlines()[0])
