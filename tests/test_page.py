"""The page text is what the contract says, for whatever page."""

import pytest
from generated import Piece, page, pieces
from hypothesis import given

from provenance.errors import NoArticle, UnreadableInput
from provenance.page import EXCLUDED, Page


def text(html: str | bytes) -> str:
    return Page.parse(html).text


@given(pieces)
def test_the_page_text_is_the_data_of_every_text_node(piece: Piece) -> None:
    assert text(page(piece)) == piece.text


@given(pieces)
def test_text_and_bytes_are_the_same_page(piece: Piece) -> None:
    assert text(page(piece).encode()) == text(page(piece))


@pytest.mark.parametrize("tag", sorted(EXCLUDED))
def test_what_browsers_do_not_show_as_text_is_left_out(tag: str) -> None:
    assert text(f"<body>a<{tag}>not this</{tag}>b</body>") == "ab"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<body>a\0b", "a\ufffdb"),
        ("<body>a\ud83db", "a\ufffdb"),
        ("<body>😀 a\ud83db and the rest", "😀 a\ufffdb and the rest"),
        ("<body>a&#xd83d;b", "a\ufffdb"),
        ("<body>a&#1;b\x02c", "a\x01b\x02c"),
        ("<body>a&#146;b", "a’b"),
        ("<body>a&lt;b&amp;c&copy;", "a<b&c©"),
        ("<p>no body <p>at all", "no body at all"),
        ("only words", "only words"),
        ("<body>a<![CDATA[b]]>c", "ac"),
        ("<body><svg><text>drawn</text></svg> words", "drawn words"),
        ("<body><select><option>one<option>two</select>", "onetwo"),
        ("<html><frameset><frame src=a></frameset></html>", ""),
        ('<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body>é</body></html>', "é"),
    ],
)
def test_odd_pages(html: str, expected: str) -> None:
    assert text(html) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("<meta charset=iso-8859-1><body>“é”".encode("cp1252"), "“é”"),
        ("<meta charset=windows-1251><body>Привет".encode("cp1251"), "Привет"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=shift_jis"><body>橋'.encode("shift_jis"), "橋"),
        ("<body>é😀".encode("utf-16"), "é😀"),
        ("\ufeff<body>é😀".encode("utf-16-be"), "é😀"),
        ("\ufeff<meta charset=latin1><body>é".encode(), "é"),  # a byte order mark is stronger than a `<meta>`
        ("<meta charset=utf-16><body>é".encode(), "é"),
        ("<meta charset=klingon><body>é".encode(), "é"),
        ("<meta charset=rot13><body>é".encode(), "é"),  # Python's codec, no charset
    ],
)
def test_charsets(data: bytes, expected: str) -> None:
    page_ = Page.parse(data)
    assert page_.text == expected
    assert not page_.warnings


def test_bytes_that_the_charset_has_not_are_replaced_with_a_warning() -> None:
    page_ = Page.parse(b"<meta charset=utf-8><body>Sampleton\xe9 " + b"word " * 20)
    assert page_.text.startswith("Sampleton\ufffd word")
    assert [warning.code for warning in page_.warnings] == ["replaced-bytes"]


def test_a_replacement_character_of_the_page_itself_is_no_warning() -> None:
    assert not Page.parse("<body>a \ufffd of its own".encode()).warnings


@pytest.mark.parametrize("html", ["", " \n", b"", "<!-- nothing -->", "<!doctype html>"])
def test_an_empty_page_has_no_article(html: str | bytes) -> None:
    with pytest.raises(NoArticle):
        Page.parse(html)


@pytest.mark.parametrize("data", [bytes(range(256)) * 9, "<body>no mark".encode("utf-16-le")])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInput):
        Page.parse(data)


@pytest.mark.parametrize("depth", [300, 2_000, 30_000])
@pytest.mark.parametrize("tag", ["div", "span"])
def test_depth_loses_no_text(tag: str, depth: int) -> None:
    html = f"<body>before{f'<{tag} class=x>' * depth}deep{f'</{tag}>' * depth}after</body>"
    assert text(html) == "beforedeepafter"


def test_depth_without_end_is_said() -> None:
    with pytest.raises(NoArticle, match="deep"):
        Page.parse("<body>" + "<ul><li>" * 5_000 + "deep")


def test_many_attributes_are_many_but_no_error() -> None:
    assert text("<body><p " + " ".join(f"a{i}=1" for i in range(2_000)) + ">a") == "a"
