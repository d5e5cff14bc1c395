"""The forms that an analysis is written in, read back with tools of others."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from web_annotation_context import AS, CONTEXT, OA

import provenance
from provenance.formats import FORMATS, text
from provenance.formats.safe import link, plain

STORY = """The bridge is unsafe, a source told Reuters.
“Nobody <b>paid</b>,” the source said.
The mayor denied it.
"""


@pytest.fixture(scope="module")
def analysis() -> provenance.Analysis:
    return provenance.analyze_text(STORY, url="https://example.org/bridge?a=1&b=2", publisher="The Daily Example")


def test_json_is_the_contract(analysis: provenance.Analysis) -> None:
    assert json.loads(FORMATS["json"](analysis)) == json.loads(json.dumps(analysis.to_dict()))


def test_text_shows_marked_sentences_and_why(analysis: provenance.Analysis) -> None:
    written = FORMATS["text"](analysis)
    assert "[The bridge is unsafe, a source told Reuters.]" in written
    assert "anonymous source: The article does not name “a source”." in written
    assert "\x1b" not in written
    assert "\x1b[" in text.write(analysis, colour=True)


def test_html_is_one_safe_document(analysis: provenance.Analysis) -> None:
    written = FORMATS["html"](analysis)
    assert "default-src 'none'" in written
    assert not re.search(r"<(?:script|img|link|iframe)|\son\w+=|javascript:|<b>paid", written)
    assert written.count("<mark ") == len(analysis.highlights)
    assert "https://example.org/bridge?a=1&amp;b=2" in written


def test_the_chain_is_a_picture_that_says_itself_in_words(analysis: provenance.Analysis) -> None:
    [svg] = re.findall(r"<svg.*?</svg>", FORMATS["html"](analysis), re.DOTALL)
    picture = ET.fromstring(svg)
    assert picture.get("role") == "img"
    assert "The Daily Example from Reuters, who had it from source" in str(picture.get("aria-label"))


def test_annotations_are_a_w3c_page(analysis: provenance.Analysis) -> None:
    page = json.loads(FORMATS["annotations"](analysis))
    assert page["type"] == "AnnotationPage"
    assert len(page["items"]) == len(analysis.highlights)
    first = page["items"][0]
    assert first["target"]["source"] == "https://example.org/bridge?a=1&b=2"
    assert {s["type"] for s in first["target"]["selector"]} == {"TextPositionSelector", "TextQuoteSelector"}


def test_annotations_mean_what_they_say_to_a_json_ld_processor(analysis: provenance.Analysis) -> None:
    jsonld = pytest.importorskip("pyld.jsonld")
    page = json.loads(FORMATS["annotations"](analysis))
    here = {"contextUrl": None, "documentUrl": page["@context"], "document": CONTEXT}
    [expanded] = jsonld.expand(page, {"documentLoader": lambda _url, _options: here})
    assert expanded["@type"] == [f"{AS}OrderedCollectionPage"]
    items = expanded[f"{AS}items"][0]["@list"]
    assert [item["@type"] for item in items] == [[f"{OA}Annotation"]] * len(analysis.highlights)
    exact = items[0][f"{OA}hasTarget"][0][f"{OA}hasSelector"][1][f"{OA}exact"]
    assert exact == [{"@value": "The bridge is unsafe, a source told Reuters."}]
    known = {key for item in items for key in item if not key.startswith("@")}
    assert known == {f"{OA}hasBody", f"{OA}hasTarget", f"{OA}motivatedBy", f"{AS}generator"}


def test_prov_is_read_by_the_prov_package(analysis: provenance.Analysis) -> None:
    prov = pytest.importorskip("prov.model")
    document = prov.ProvDocument.deserialize(content=FORMATS["prov"](analysis), format="json")
    assert "Reuters" in {
        str(label) for agent in document.get_records(prov.ProvAgent) for label in agent.get_attribute("prov:label")
    }
    assert len(list(document.get_records(prov.ProvDerivation))) >= 2


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://", "", None, "http://["]
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert link(url) is None


def test_control_and_bidi_characters_do_not_get_out() -> None:
    assert plain("a\x1b[31m\u202eb\x07\n\tc") == "a[31mb\n\tc"
