"""What a page says of itself: title, byline, publisher, date, address, language. All of it is taken with care: it is
the page's word, bounded in size, and never run or fetched."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from provenance import outlets
from provenance.page import Page

_LONGEST, _MOST = 400, 2000  # characters of a value; elements of a kind that are looked at
_ARTICLE_TYPES = re.compile(r"(?:News|Blog|Report|Opinion)?.*(?:Article|Posting)$")
_DATES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "publication_date",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "pub_date",
    "article_date_original",
    "displaydate",
)
_DATELINE = re.compile(
    r"^[^\n]{0,60}?\(\s*([A-Z][\w .-]{1,30}?)\s*\)\s*[-–—]|^([A-Z][\w .-]{1,30}?)\s*[-–—]\s", re.MULTILINE
)


@dataclass(frozen=True)
class About:
    title: str | None
    byline: str | None
    publisher: str | None
    date: str | None
    language: str | None
    url: str | None


def read(page: Page, *, url: str | None, text: str, publisher: str | None) -> About:
    """Reads a page's metadata; `text` is the article's, for an agency's dateline."""
    metas = _metas(page.tree)
    linked = _json_ld(page.tree)
    title = _first(
        metas.get("og:title"), linked.get("headline"), metas.get("twitter:title"), _text_of(page.tree, "title")
    )
    byline = _first(metas.get("author"), _names(linked.get("author")), metas.get("byl"), metas.get("article:author"))
    byline = None if byline and byline.startswith("http") else byline
    address = _canonical(page.tree, metas)
    told = [publisher, metas.get("og:site_name"), _names(linked.get("publisher")), url, address]
    return About(
        title=title,
        byline=re.sub(r"^[Bb]y\s+", "", byline).strip(" ,|") or None if byline else None,
        publisher=publisher_name(told, byline or "", text) if not publisher else publisher_name([publisher], "", ""),
        date=_date(page.tree, metas, linked, url or address),
        language=_language(page.tree, metas),
        url=address,
    )


def publisher_name(told: Iterable[str | None], byline: str, text: str) -> str | None:
    """The first name told, brought to one form; an agency named in byline or dateline is the publisher of a reprint."""
    for place in (byline, *(g for m in [_DATELINE.search(text[:400])] if m for g in m.groups())):
        name = outlets.canonical(place.strip()) if place else None
        if name and outlets.is_agency(name):
            return name
    for name in told:
        if not name:
            continue
        known = outlets.canonical(name)
        if known:
            return known
        if "//" not in name and not name.startswith("/"):
            return name.strip()
    hosts = [
        re.sub(r"^www\.", "", re.sub(r"^\w+://([^/:?#]+).*", r"\1", name)) for name in told if name and "://" in name
    ]
    return hosts[0] if hosts else None


def _metas(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in _some(tree.iter("meta")):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        value = _clean(meta.get("content") or meta.get("value"))
        if key and value:
            found.setdefault(key, value)
    return found


def _json_ld(tree: HtmlElement) -> dict[str, Any]:
    """The first article that the page's JSON-LD describes, {} where there is none."""
    for script in _some(tree.iter("script")):
        if (script.get("type") or "").strip().lower() == "application/ld+json" and len(script.text or "") < 300_000:
            try:
                described = json.loads(script.text or "null", strict=False)
            except (ValueError, RecursionError):
                continue
            for item in _items(described):
                kinds = item.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and _ARTICLE_TYPES.match(kind) for kind in kinds):
                    return item
    return {}


def _items(described: Any) -> Iterator[dict[str, Any]]:
    queue, seen = [described], 0
    while queue and seen < _MOST:
        item, seen = queue.pop(0), seen + 1
        if isinstance(item, list):
            queue += item[:50]
        elif isinstance(item, dict):
            yield item
            queue += [
                item[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage")
                if isinstance(item.get(key), (list, dict))
            ]


def _names(value: Any) -> str | None:
    values = value if isinstance(value, list) else [value]
    names = [_clean(v.get("name") if isinstance(v, dict) else v) for v in values[:10]]
    return ", ".join(name for name in names if name) or None


def _canonical(tree: HtmlElement, metas: dict[str, str]) -> str | None:
    links = [
        link.get("href") for link in _some(tree.iter("link")) if "canonical" in (link.get("rel") or "").lower().split()
    ]
    return next(
        (
            u.strip()
            for u in [*links, metas.get("og:url")]
            if u and re.match(r"\s*https?://[^\s/]", u) and len(u) < 2000
        ),
        None,
    )


def _date(tree: HtmlElement, metas: dict[str, str], linked: dict[str, Any], url: str | None) -> str | None:
    times = [t.get("datetime") for t in _some(tree.iter("time"))][:3]
    marked = [
        e.get("content") or e.get("datetime") for e in islice(tree.xpath("//*[@itemprop='datePublished']"), _MOST)
    ][:1]
    for stated in (*(metas.get(key) for key in _DATES), linked.get("datePublished"), *marked, *times):
        found = _day(stated) if isinstance(stated, str) else None
        if found:
            return found
    in_address = re.search(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:[/-]|$)", url or "")
    return _iso(*in_address.groups()) if in_address else None


_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def _day(stated: str) -> str | None:
    """A date as written in metadata: ISO 8601, or with the month in English letters."""
    match = re.match(r"\s*(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)", stated)
    if match:
        return _iso(*match.groups())
    match = re.search(r"([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})", stated)
    if match and match.group(1).lower() in _MONTHS:
        return _iso(match.group(3), str(_MONTHS.index(match.group(1).lower()) + 1), match.group(2))
    match = re.search(r"(\d{1,2}) ([A-Za-z]{3})[a-z]*\.?,? (\d{4})", stated)
    if match and match.group(2).lower() in _MONTHS:
        return _iso(match.group(3), str(_MONTHS.index(match.group(2).lower()) + 1), match.group(1))
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        day_ = datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)  # a page dated by another time zone
    # A page without a date is often given the first second of Unix time.
    epoch = datetime.date(1969, 12, 31) <= day_ <= datetime.date(1970, 1, 1)
    return day_.isoformat() if datetime.date(1900, 1, 1) < day_ <= tomorrow and not epoch else None


def _language(tree: HtmlElement, metas: dict[str, str]) -> str | None:
    stated = tree.get("lang") or metas.get("og:locale") or metas.get("content-language") or ""
    match = re.match(r"\s*([a-zA-Z]{2})(?:[-_]|\s*$)", stated)
    return match.group(1).lower() if match else None


def _text_of(tree: HtmlElement, tag: str) -> str | None:
    element = next(tree.iter(tag), None)
    return _clean("".join(element.itertext())) if element is not None else None


def _clean(value: Any) -> str | None:
    """A value on one line, at most `_LONGEST` characters; references that a page has escaped twice are read."""
    return (" ".join(unescape(value[: 4 * _LONGEST]).split())[:_LONGEST] or None) if isinstance(value, str) else None


def _first(*values: Any) -> str | None:
    return next((clean for value in values if (clean := _clean(value))), None)


def _some(elements: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    for number, element in enumerate(elements):
        if number >= _MOST:
            return
        yield element
