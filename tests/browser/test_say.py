"""The reader's say: not again, wrong, copy; and what the options and the overview make of it."""

from __future__ import annotations

from typing import Any

import pytest
from training import labels

ANONYMOUS = "provenance-anonymous-source"
KEPT = "async () => (await chrome.storage.local.get({feedback: {}})).feedback"


@pytest.fixture
def card(reader: Any, site: Any) -> str:
    """The card of the first marked sentence, open."""
    url: str = site.url("story.html")
    reader.goto(url)
    assert reader.command("move", 1)
    assert "Unnamed source" in reader.card()
    return url


@pytest.mark.parametrize(("button", "verdict"), [(".mute", "muted"), (".wrong", "wrong")])
def test_a_verdict_takes_the_mark_away_now_and_later(reader: Any, card: str, button: str, verdict: str) -> None:
    reader.press_in_shadow(button)
    reader.until(lambda: ANONYMOUS not in reader.painted())
    assert reader.card() is None
    [entry] = reader.until(lambda: reader.background(KEPT)).values()
    assert (entry["verdict"], entry["code"]) == (verdict, "anonymous")
    assert entry["sentence"].startswith("A senior official")
    reader.goto(card)
    reader.toggle()
    assert ANONYMOUS not in reader.painted()
    reader.store("local", {"feedback": {}})  # as Undo in the options does with the last one
    reader.until(lambda: ANONYMOUS in reader.painted())


def test_what_was_said_is_exported_as_labels_without_the_article_s_words(reader: Any, card: str) -> None:
    reader.press_in_shadow(".wrong")
    [entry] = reader.until(lambda: reader.background(KEPT)).values()
    with reader.beside("options/options.html") as options:
        [page] = options(
            "async () => { const f = await import('/background/feedback.js'); return f.labels(await f.all()); }"
        )
    [label] = page["sentences"]
    words = labels.folded(entry["sentence"])
    assert (page["url"], page["engine"]) == (card, entry["engine"])
    assert (label["sha256"], label["wrong"], label["unwanted"]) == (labels.fingerprint(words), ["anonymous"], [])
    start, end = label["evidence"]["anonymous"]
    assert words[start:end] == entry["evidence"]
    assert "senior" not in str(page)


def test_copy_gives_sentence_reason_and_a_link_to_the_sentence(reader: Any, card: str) -> None:
    reader.press_in_shadow(".copy")
    done = '() => provenance.host.shadow.querySelector(".copy").textContent'
    reader.until(lambda: reader.content(done) == "Copied")
    text = reader.content("() => provenance.copy.text(provenance.page.answer().highlights[0], location.href)")
    sentence, reason, link = text.split("\n")
    assert sentence.startswith("“A senior official")
    assert reason.startswith("Unnamed source: ")
    assert link == card + "#:~:text=A%20senior%20official%20at,third%20of%20their%20strength."


def test_a_reason_that_is_switched_off_is_not_marked(reader: Any, card: str) -> None:
    reader.store("sync", {"reasons": {"anonymous": "off"}})
    reader.until(lambda: ANONYMOUS not in reader.painted())
    reader.store("sync", {"reasons": {"anonymous": "quiet"}})
    reader.until(lambda: ANONYMOUS in reader.painted())
    assert f"{ANONYMOUS}-strong" not in reader.painted()


def test_a_muted_site_is_not_read(reader: Any, site: Any) -> None:
    url = site.url("story.html")
    reader.store("local", {"sites": {url.split("/")[2]: "muted"}})
    reader.goto(url)
    result = reader.toggle()
    assert (result["state"], result["error"]["code"]) == ("error", "muted")
    assert reader.painted() == {}
