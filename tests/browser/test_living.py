"""Pages that change under the marks: they follow their words or go, and never stick to other words."""

from __future__ import annotations

from typing import Any

import pytest

OFFICIAL = "A senior official at the roads agency"
FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
# Random changes of every kind that scripts make; after each, two frames later, every marked word has to stand in a
# sentence that was marked in the beginning. The address is changed first, so that no newer answer brings other marks.
STORM = """async (rounds) => {
    let seed = 7;
    const random = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
    const pick = (list) => list[random(list.length)];
    const squeeze = (text) => text.replace(/\\s+/g, "");
    const article = document.querySelector("article"), original = article.innerHTML;
    const marked = () => ["provenance-anonymous-source", "provenance-unverified-claim"].flatMap((name) =>
        [...(CSS.highlights.get(name) ?? [])].map(String).map(squeeze).filter(Boolean));
    const wanted = marked().join("");
    const nodes = () => {
        const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT), all = [];
        while (walker.nextNode()) all.push(walker.currentNode);
        return all;
    };
    const text = () => pick(nodes()), paragraph = () => pick([...article.querySelectorAll("p")]);
    const wrap = (name, node, element = document.createElement(name)) => {
        node.replaceWith(element);
        element.append(node);
    };
    const changes = [
        () => { const node = text(); node.insertData(random(node.length + 1), "not "); },
        () => { const node = text(); if (node.length > 9) node.deleteData(random(node.length - 5), 4); },
        () => { const node = text(); if (node.length > 2) node.splitText(1 + random(node.length - 1)); },
        () => { const node = text(); node.parentNode.insertBefore(document.createTextNode(" hardly "), node); },
        () => article.normalize(),
        () => article.append(paragraph()),
        () => { const each = paragraph(); each.replaceWith(each.cloneNode(true)); },
        () => { const each = paragraph(); each.innerHTML = each.innerHTML; },
        () => wrap("noscript", text()),
        () => wrap("b", text()),
    ];
    history.pushState({}, "", "?storm");
    await new Promise((done) => setTimeout(done, 1500));
    const result = {wrong: [], most: 0, back: 0};
    for (let round = 0; round < rounds; round++) {
        const restores = round % 10 === 9;
        if (restores) article.innerHTML = original;
        else pick(changes)();
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const now = marked();
        result.wrong.push(...now.filter((words) => !wanted.includes(words)));
        result.most = Math.max(result.most, now.length);
        if (restores) result.back += now.join("") === wanted;
    }
    return result;
}"""


@pytest.fixture
def story(reader: Any, site: Any) -> None:
    reader.goto(site.url("story.html"))
    assert reader.toggle()["placed"] >= 2


def test_marks_follow_a_page_that_renders_itself_anew(reader: Any, story: None) -> None:
    reader.page("() => { const article = document.querySelector('article'); article.innerHTML = article.innerHTML; }")
    reader.until(lambda: OFFICIAL in reader.painted().get("provenance-anonymous-source", ""))


def test_a_sentence_that_changes_loses_its_mark_and_gets_it_back(reader: Any, story: None) -> None:
    reader.page("() => { document.querySelector('article b').firstChild.insertData(4, 'not '); }")
    assert "provenance-anonymous-source" not in reader.painted()
    reader.page("() => { document.querySelector('article b').firstChild.deleteData(4, 4); }")
    reader.until(lambda: OFFICIAL in reader.painted().get("provenance-anonymous-source", ""))


def test_words_put_into_the_middle_take_the_mark_off(reader: Any, story: None) -> None:
    reader.page("() => { document.querySelector('article b').before(' hardly '); }")
    assert "provenance-anonymous-source" not in reader.painted()


def test_a_thousand_random_changes_never_leave_a_mark_on_other_words(reader: Any, story: None) -> None:
    rounds = 1000 if reader.name == "chromium" else 200
    result = reader.page(STORM, rounds)
    assert result["wrong"] == []
    assert result["most"] >= 2
    assert result["back"] == rounds / 10  # each time that the story comes back, so do all its marks


def test_a_paragraph_that_comes_late_is_asked_about(reader: Any, story: None) -> None:
    reader.page(
        """() => { const late = document.createElement("p");
        late.textContent = "Two engineers, who asked not to be named "
            + "for fear of losing their jobs, told this newspaper that the southern tower had moved by four inches.";
        document.querySelector("article form").before(late); }"""
    )
    reader.until(lambda: "southern tower" in reader.painted().get("provenance-anonymous-source", ""), seconds=40)


def test_after_a_navigation_by_script_nothing_is_asked(reader: Any, story: None) -> None:
    before = len(reader.content("() => provenance.page.answer().article.text"))
    reader.page(
        """() => { history.pushState({}, "", "/another.html");
        const said = "<p>A diplomat, who asked not to be named, said that the talks had failed.</p>";
        document.querySelector("article").innerHTML = "<h1>Another</h1>" + said.repeat(3); }"""
    )
    reader.until(lambda: reader.painted() == {})
    reader.page("() => new Promise(done => setTimeout(done, 11_500))")
    assert reader.painted() == {}
    assert len(reader.content("() => provenance.page.answer().article.text")) == before


def test_on_a_chosen_site_the_next_story_is_read_too(reader: Any, site: Any, story: None) -> None:
    reader.store("local", {"sites": {site.url("").split("/")[2]: "auto"}})
    reader.page(
        """() => { history.pushState({}, "", "/another.html");
        const [first, , ...others] = document.querySelectorAll("article p");
        document.querySelector("h1").textContent = "Talks on the bridge end without a word";
        others.forEach((each) => each.remove());
        first.insertAdjacentHTML("afterend", "<p>The ministers of both towns met in a hotel by the sea, and left by "
            + "the back door after six hours. Neither side had anything to say to the reporters outside.</p>"
            + "<p>A diplomat, who asked not to be named, said that the talks had failed.</p>"); }"""
    )
    reader.until(lambda: "A diplomat" in reader.painted().get("provenance-anonymous-source", ""))


def test_a_page_that_clears_the_registry_is_noticed_and_said(reader: Any, story: None) -> None:
    reader.page("() => CSS.highlights.clear()")
    reader.until(lambda: "taken the marks away" in (reader.notice() or ""))
    assert OFFICIAL in reader.painted()["provenance-anonymous-source"]


def test_an_article_in_a_frame_of_the_same_origin_is_read_too(reader: Any, site: Any) -> None:
    body = (
        site.body("story.html")[0]
        .decode()
        .replace("</article>", "<p>" + "The tide was low that day. " * 20 + "</p></article>")
    )
    site.put("inner.html", body)
    frame = "<iframe src=inner.html width=900 height=600></iframe>"
    reader.goto(site.put("outer.html", f"<!DOCTYPE html><title>Outer</title><body><p>Menu</p>{frame}"))
    inner = "() => [...document.querySelector('iframe').contentWindow.CSS.highlights.keys()]"
    reader.until(
        lambda: reader.page("() => document.querySelector('iframe').contentDocument.readyState === 'complete'")
    )
    assert reader.toggle()["placed"] >= 2
    assert "provenance-anonymous-source" in reader.page(inner)
    assert reader.toggle()["state"] == "off"
    assert reader.page(inner) == []
