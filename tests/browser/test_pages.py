"""The extension's own pages, overview, options and first run, and the card: what they do, and axe's rules."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PAGE_SCRIPTS = [
    "namespace",
    "dom",
    "words",
    "pagetext",
    "anchor",
    "paint",
    "host",
    "place",
    "card.style",
    "chain",
    "card",
]


@pytest.fixture
def tab_of_story(reader: Any, site: Any) -> int:
    """The id of a tab with the marked story."""
    reader.goto(site.url("story.html"))
    assert reader.toggle()["placed"] >= 2
    number: int = reader.run("tab")
    return number


@pytest.fixture
def overview(reader: Any, tab_of_story: int) -> Any:
    """The overview of that tab, in a tab of its own."""
    with reader.beside(f"panel/panel.html?tab={tab_of_story}") as panel:
        reader.until(lambda: panel("() => !document.getElementById('story').hidden"))
        yield panel


def test_the_overview_shows_how_the_story_is_sourced(reader: Any, overview: Any) -> None:
    words = overview("() => document.body.innerText")
    assert "Harbour bridge closed" in words
    assert "The Ferry Post" in words
    assert "Unnamed" in overview("() => document.getElementById('bar').getAttribute('aria-label')")
    assert overview("() => document.querySelectorAll('#highlights button').length") >= 2
    assert "Ingrid Solberg" in overview("() => document.getElementById('sources').textContent")


def test_the_overview_filters_and_searches(reader: Any, overview: Any) -> None:
    change = """(id, value) => { const field = document.getElementById(id); field.value = value;
        field.dispatchEvent(new Event('input')); return document.querySelectorAll('#highlights button').length; }"""
    everything = overview("() => document.querySelectorAll('#highlights button').length")
    assert overview(change, "search", "nothing like this") == 0
    assert overview(change, "search", "allegedly") == 1
    assert overview(change, "search", "") == everything
    assert overview(change, "mark", "anonymous-source") == 1
    assert overview(change, "mark", "") == everything
    assert overview(change, "sure", "95") <= everything


def test_a_click_in_the_overview_shows_the_sentence(reader: Any, overview: Any, tab_of_story: int) -> None:
    overview("() => document.querySelector('#highlights button').click()")
    inner = '() => provenance.host.shadow?.querySelector(".card")?.innerText ?? null'
    call = f"chrome.scripting.executeScript({{target: {{tabId: {tab_of_story}}}, func: {inner}}})"
    card = reader.until(lambda: reader.background(f"async () => (await {call})[0].result"))
    assert "Unnamed source" in card


def test_the_options_check_the_server(reader: Any, server: str) -> None:
    with reader.beside("options/options.html") as options:
        said = "() => document.getElementById('server-state').textContent"
        reader.until(lambda: "is running" in options(said))
        submit = """(value) => { document.getElementById('address').value = value;
            document.getElementById('server').requestSubmit(); }"""
        options(submit, "http://news.test/")
        reader.until(lambda: "only https" in options(said))
        options(submit, "http://127.0.0.1:9")
        reader.until(lambda: "not running" in options(said))


def test_the_options_keep_choices_and_undo_verdicts(reader: Any, server: str) -> None:
    verdict = {"verdict": "wrong", "mark": "anonymous-source", "code": "anonymous", "sentence": "<img src=x> said so.",
               "evidence": "", "engine": {"version": "0"}, "url": None, "date": "2026-01-01"}  # fmt: skip
    reader.store("local", {"feedback": {"ab": verdict}})
    with reader.beside("options/options.html") as options:
        reader.until(lambda: options("() => document.querySelectorAll('#feedback button').length") == 1)
        assert "<img src=x> said so." in options("() => document.getElementById('feedback').textContent")
        options("() => document.querySelector('#feedback button').click()")
        reader.until(lambda: "Nothing yet" in options("() => document.getElementById('feedback').textContent"))
        options("() => document.getElementById('mark-unverified-claim').click()")
        chosen = "async () => (await chrome.storage.sync.get('marks')).marks ?? null"
        assert reader.until(lambda: reader.background(chosen)) == ["anonymous-source"]


def test_the_first_page_says_six_sentences(reader: Any) -> None:
    with reader.beside("welcome/welcome.html") as welcome:
        sentences = "() => [...document.querySelectorAll('.six li')].map((each) => each.textContent)"
        assert len(reader.until(lambda: welcome(sentences))) == 6
        assert all(sentence.endswith(".") for sentence in welcome(sentences))
        reader.until(lambda: "is running" in welcome("() => document.getElementById('state').textContent"))


def violations(run: Any) -> tuple[list[str], int]:
    """Axe's findings, and on how many nodes its rules passed."""
    found = run(
        "async () => { const {violations, passes} = await axe.run(); return {"
        " bad: violations.map(({id, nodes}) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),"
        " nodes: new Set(passes.flatMap(({nodes}) => nodes.map((node) => node.target.join()))).size}; }"
    )
    return found["bad"], found["nodes"]


@pytest.fixture
def axe() -> str:
    if not AXE.is_file():
        what = "axe-core is missing: npm ci"
        pytest.fail(what) if os.environ.get("PROVENANCE_REQUIRE_BROWSERS") == "1" else pytest.skip(what)
    return AXE.read_text("utf-8")


@pytest.mark.parametrize("page", ["panel/panel.html", "options/options.html", "welcome/welcome.html"])
def test_axe_finds_nothing_in_the_pages(
    reader: Any, tab_of_story: int, axe: str, page: str, record_property: Any, capsys: Any
) -> None:
    with reader.beside(f"{page}?tab={tab_of_story}") as run:
        reader.until(
            lambda: run("() => document.querySelectorAll('#highlights button, #reasons select, .six li').length")
        )
        run(f"() => {{ {axe} }}")
        bad, nodes = violations(run)
    with capsys.disabled():
        print(f" axe: {page} in {reader.name}: {nodes} nodes checked")
    assert bad == []
    assert nodes > 10


def test_axe_finds_nothing_in_the_card(reader: Any, site: Any, axe: str, capsys: Any) -> None:
    """The card's builder in an open root, on a page without the extension's part in it."""
    reader.goto(site.url("story.html"))
    reader.toggle()
    answer = reader.content("() => provenance.page.answer()")
    page = ROOT / "extension"
    scripts = "\n".join((page / "page" / f"{name}.js").read_text("utf-8") for name in PAGE_SCRIPTS)
    words = (page / "_locales" / "en" / "messages.json").read_text("utf-8")
    html = "<!DOCTYPE html><html lang=en><title>Card</title><body><main><h1>Card</h1><div id=host></div></main>"
    reader.goto(site.put("card.html", html))
    reader.page(f"() => {{ (0, eval)({json.dumps(scripts)}); (0, eval)({json.dumps(axe)}); }}")
    reader.page(
        """(answer, words) => {
            provenance.words.use(provenance.words.table(words));
            const root = document.getElementById("host").attachShadow({mode: "open"});
            const style = document.createElement("style");
            style.textContent = provenance.cardStyle + "* { animation: none !important; }";
            const actions = ["copy", "mute"].map((id) => ({id, label: id, run: () => {}}));
            const view = {index: 0, total: 2, actions, step: () => {}, close: () => {}};
            root.append(style, provenance.card.build(answer.highlights[0], answer, view));
            root.querySelector("details").open = true;
        }""",
        answer,
        json.loads(words),
    )
    bad, nodes = violations(reader.page)
    with capsys.disabled():
        print(f" axe: card in {reader.name}: {nodes} nodes checked")
    assert bad == []
    assert nodes > 10
