"""From the bytes of a request to a job: encodings, charsets, sizes and the three forms of the body."""

from __future__ import annotations

import json
import re
import zlib
from typing import Any

import webencodings
from flask import Request
from pydantic import ValidationError

from provenance_server.jobs import Job
from provenance_server.problems import Problem, bad_request
from provenance_server.schema import AnalyzeRequest

SURROGATE = re.compile("[\ud800-\udfff]")
BLOCK = 16_384  # bytes
ADDRESS = 4096  # characters of `url` and of `publisher`


def job_of(request: Request, limit: int) -> Job:
    """The job that a request to `/v1/analyze` asks for. `limit`: bytes of its body after decompression."""
    media_type = request.mimetype
    if media_type == "application/json":
        return from_json(read(request, limit))
    url, publisher = (_parameter(request, name) for name in ("url", "publisher"))
    if media_type == "text/html":
        data, warnings = decode(read(request, limit), request.mimetype_params.get("charset"))
        return Job("html", data, url, publisher, warnings)
    if media_type == "text/plain" and request.args.get("format") == "text":
        data, warnings = decode(read(request, limit), request.mimetype_params.get("charset") or "utf-8")
        assert isinstance(data, str)
        return Job("text", data, url, publisher, warnings)
    raise Problem(
        415,
        "unsupported-media-type",
        "Send text/html, application/json, or text/plain with ?format=text.",
        headers={"Accept": "text/html, application/json, text/plain"},
    )


def read(request: Request, limit: int) -> bytes:
    """The body, decompressed; 400 if empty, 413 past `limit`, 415 for an encoding other than gzip."""
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip"):
        raise Problem(
            415, "unsupported-media-type", "The only content encoding is gzip.", headers={"Accept-Encoding": "gzip"}
        )
    if (request.content_length or 0) > limit:
        raise too_large(limit)
    data = request.stream.read(limit + 1)
    if len(data) > limit:
        raise too_large(limit)
    if encoding != "identity":
        data = gunzip(data, limit)
    if not data:
        raise bad_request("The body is empty.")
    return data


def too_large(limit: int) -> Problem:
    return Problem(413, "too-large", f"The limit is {limit:,} bytes, after decompression.", limit=limit)


def gunzip(data: bytes, limit: int) -> bytes:
    """Never holds more than `limit` bytes and a block, whatever the data would grow to; linear in `data`."""
    parts: list[bytes] = []
    size = at = 0
    while at < len(data):
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            block = member.unconsumed_tail or data[at : at + BLOCK]
            at += 0 if member.unconsumed_tail else len(block)
            if not block:
                raise bad_request("The gzip data ends too early.")
            try:
                parts.append(member.decompress(block, limit - size + 1))
            except zlib.error:
                raise bad_request("The body is not gzip.") from None
            size += len(parts[-1])
            if size > limit:
                raise too_large(limit)
        at -= len(member.unused_data)  # the next member begins there
    return b"".join(parts)


def decode(data: bytes, charset: str | None) -> tuple[str | bytes, tuple[dict[str, Any], ...]]:
    """Text by the charset of HTTP, as browsers read it; bytes where there is none, so that the page's `<meta>` counts.

    Bytes that the charset has not are replaced, with a warning.
    """
    if charset is None:
        return data, ()
    encoding = webencodings.lookup(charset)
    if encoding is None:
        raise bad_request(f"Nobody knows the charset “{charset[:40]}”.")
    text, used = webencodings.decode(data, encoding)
    lost = text.count("\ufffd")
    if lost and not (used.name == "utf-8" and lost == data.count(b"\xef\xbf\xbd")):
        detail = f"Bytes that {used.name} does not have were replaced by U+FFFD."
        return text, ({"code": "replaced-bytes", "sentence": None, "detail": detail},)
    return text, ()


def from_json(data: bytes) -> Job:
    """A job from a JSON body, already whole."""
    try:
        fields = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise bad_request(f"JSON is UTF-8; byte {error.start} is not.") from None
    except RecursionError:
        raise bad_request("The JSON is nested too deeply.") from None
    except ValueError as error:
        raise bad_request(f"The body is not JSON: {getattr(error, 'msg', 'a number is too long')}.") from None
    if isinstance(fields, dict) and (b"\\ud" in data or b"\\uD" in data):
        fields = {name: _whole(value) for name, value in fields.items()}
    try:
        asked = AnalyzeRequest.model_validate(fields, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in first["loc"])
        raise bad_request(first["msg"].removeprefix("Value error, ") + ".", where) from None
    if asked.html is not None:
        return Job("html", asked.html, asked.url, asked.publisher)
    return Job("text", asked.text or "", asked.url, asked.publisher)


def _whole(value: object) -> object:
    """Lone surrogates, which no encoding can carry, become U+FFFD: one code point for one."""
    return SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value


def _parameter(request: Request, name: str) -> str | None:
    value = request.args.get(name) or None
    if value and len(value) > ADDRESS:
        raise bad_request(f"The parameter “{name}” is longer than {ADDRESS} characters.", f"?{name}")
    return value
