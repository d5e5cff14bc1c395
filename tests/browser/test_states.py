"""What the reader is told where there is nothing to paint, or not all of it: on the button and in words."""

from __future__ import annotations

import socket
from typing import Any

PARAGRAPHS = [
    "The harbour was built in the last century and has been widened twice since then, each time after a long debate.",
    "Ships of every size pass through it, and on clear days the far bank can be seen from the steps of the town hall.",
    "In the spring the gardens along the water are full of tulips, which the city plants anew every autumn.",
    "A ferry crosses the bay from early morning until late at night and carries bicycles as well as cars.",
]
GERMAN = [
    "Die Brücke über den Hafen wurde am Dienstag für den Verkehr gesperrt, nachdem Ingenieure sie geprüft hatten.",
    "Die Stadt stellte an beiden Enden Schilder auf und schickte Busse um die Bucht, die alle zehn Minuten fahren.",
    "Die Bürgermeisterin sagte vor Journalisten, dass die Sperrung mindestens sechs Wochen dauern werde und man warte.",
    "Der Bericht der Behörde ist noch nicht veröffentlicht, und die Firma wollte sich dazu bisher nicht äußern.",
]


def page(paragraphs: list[str], lang: str = "en", extra: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    article = f"<article><h1>Harbour</h1>{body}</article>{extra}"
    return f'<!DOCTYPE html><html lang="{lang}"><title>Harbour</title><body>{article}'


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def told(reader: Any) -> tuple[dict[str, Any], str, str, str]:
    """The outcome, the button's sign and words, and the notice in the page."""
    result, button = reader.toggle(), reader.button()
    return result, button["text"], button["title"], reader.notice() or ""


def test_nothing_found(reader: Any, site: Any) -> None:
    reader.goto(site.put("plain.html", page(PARAGRAPHS * 2)))
    result, sign, words, notice = told(reader)
    assert (result["state"], result["placed"], sign) == ("on", 0, "0")
    assert "Nothing to mark" in words
    assert "Nothing to mark" in notice


def test_no_article(reader: Any, site: Any) -> None:
    reader.goto(site.put("map.html", "<!DOCTYPE html><title>Map</title><body><img alt=Map>"))
    result, sign, words, notice = told(reader)
    assert (result["state"], result["error"]["code"], sign) == ("error", "no-article", "–")
    assert "No article" in words
    assert "Open a story" in notice


def test_language_not_supported(reader: Any, site: Any) -> None:
    reader.goto(site.put("german.html", page(GERMAN * 3, "de")))
    result, sign, words, notice = told(reader)
    assert (result["state"], result["error"]["code"], sign) == ("error", "unsupported-language", "–")
    assert "language" in words
    assert notice


def test_server_not_running(reader: Any, site: Any) -> None:
    reader.store("local", {"server": f"http://127.0.0.1:{free_port()}"})
    reader.goto(site.url("story.html"))
    result, sign, words, notice = told(reader)
    assert (result["state"], result["error"]["code"], sign) == ("error", "server-off", "!")
    assert "not running" in words
    assert "provenance serve" in notice


def test_something_else_on_that_port(reader: Any, site: Any) -> None:
    reader.store("local", {"server": site.url("").rstrip("/")})
    reader.goto(site.url("story.html"))
    result, sign, words, _ = told(reader)
    assert (result["state"], result["error"]["code"], sign) == ("error", "not-provenance", "!")
    assert "Something else" in words


def test_page_that_cannot_be_scripted(reader: Any) -> None:
    reader.goto({"chromium": "chrome://version/", "firefox": "about:license"}[reader.name])
    result = reader.toggle()
    assert (result["state"], result["error"]["code"]) == ("error", "no-script")
    assert "cannot be read" in reader.button()["title"]


def test_after_an_error_the_next_click_tries_again(reader: Any, site: Any, server: str) -> None:
    reader.store("local", {"server": f"http://127.0.0.1:{free_port()}"})
    reader.goto(site.url("story.html"))
    assert reader.toggle()["state"] == "error"
    reader.store("local", {"server": server})
    assert reader.toggle()["state"] == "on"
    assert reader.notice() is None


def test_too_large(reader: Any, site: Any) -> None:
    reader.goto(site.put("large.html", page(PARAGRAPHS, extra="<p>" + "x" * 11_000_000)))
    result, sign, words, _ = told(reader)
    assert (result["state"], result["error"]["code"], sign) == ("error", "too-large", "!")
    assert "too large" in words


def test_what_cannot_be_placed_is_counted_and_never_guessed(reader: Any, site: Any) -> None:
    """A sentence that changes all the time is another one by the time that the answer is there."""
    restless = "<script>setInterval(() => document.querySelector('i').textContent = Math.random(), 1)</script>"
    text = "A senior official, who asked not to be named, said that <i>some</i> of the cables had lost their strength."
    reader.goto(site.put("restless.html", page([*PARAGRAPHS, text], extra=restless)))
    result, sign, words, notice = told(reader)
    assert (result["state"], result["placed"], result["unplaced"], sign) == ("on", 0, 1, "0/1")
    assert "could not be placed" in words
    assert "could not be placed" in notice
    assert reader.page("() => [...CSS.highlights].length") == 0
