"""What leaves the machine, and with what beside it."""

from __future__ import annotations

from typing import Any

import pytest

ASK = """async (address, token, isPrivate) => {
    const {analyze} = await import("/background/ask.js");
    await analyze({address, token}, {html: "<p>x</p>", url: null}, isPrivate).catch(() => {});
}"""


@pytest.fixture
def asked(reader: Any, site: Any) -> Any:
    """Asks a server that only writes down what arrives; gives the headers of the question."""

    def ask(token: str = "", is_private: bool = False) -> dict[str, str]:
        site.requests.clear()
        reader.background(ASK, site.url("").rstrip("/"), token, is_private)
        [(path, headers, _)] = [request for request in site.requests if request[0].startswith("/v1/")]
        assert path == "/v1/analyze"
        return {name.lower(): value for name, value in headers.items()}

    return ask


def test_a_question_carries_nothing_of_the_reader(asked: Any) -> None:
    headers = asked()
    assert not {"cookie", "authorization", "referer"} & set(headers)
    assert headers["origin"].split("://")[0] in {"chrome-extension", "moz-extension"}
    assert headers["cache-control"] != "no-store"


def test_from_a_private_window_nothing_is_to_be_kept(asked: Any) -> None:
    assert asked(is_private=True)["cache-control"] == "no-store"


def test_the_token_goes_along_where_there_is_one(asked: Any) -> None:
    assert asked(token="sesame")["authorization"] == "Bearer sesame"


def test_nothing_is_sent_before_the_reader_asks(reader: Any, site: Any) -> None:
    reader.store("local", {"server": site.url("").rstrip("/")})
    site.requests.clear()
    reader.goto(site.url("story.html"))
    reader.page("() => new Promise((done) => setTimeout(done, 1500))")
    assert site.requests == []
    reader.toggle()
    [(_, _, body)] = [request for request in site.requests if request[0] == "/v1/analyze"]
    assert b"two of the main cables" in body
    assert b"my private draft" not in body
    assert b"secret-token-1" not in body


def test_a_site_that_was_chosen_is_read_on_its_own(reader: Any, site: Any) -> None:
    """On a loopback page, to which there is access anyway; asking for access is the browser's own dialogue."""
    url = site.url("story.html")
    reader.store("local", {"sites": {url.split("/")[2]: "auto"}})
    reader.goto(url)
    reader.until(lambda: reader.painted().get("provenance-anonymous-source"))
