"""What kind of source a mention names, judged from its words: the seven kinds of the guideline.

The rules are in the order of the guideline's own cases; each is a line of `kind_of`. Lists are in `sources.toml`.
"""

from __future__ import annotations

import re

from provenance import outlets
from provenance.lexicon import phrases, pronouns, words
from provenance.names import name_in, titles, without_article

_SOME_ONE = re.compile(r"^(?:a|an|one|another|two|three|four|five|several|multiple|some)\b", re.IGNORECASE)
GOT = "seen|obtained|reviewed|viewed|published|leaked|released"
OBTAINED = re.compile(rf",? (?:{GOT}|unearthed|combed through|shared)(?: and \w+)? (?:by|to|with) (.+)$")
_ACCOUNT = re.compile(r"\b(?:channel|account|user|users|page|feed|blog)\b", re.IGNORECASE)
_PRESS = re.compile(r"\b(?:news|media|press|newspaper|local|published)\b", re.IGNORECASE)
_COUNTED = re.compile(r"^(?:a|an|one|another|two|three|four|five|six) ", re.IGNORECASE)
_CUT = re.compile(
    r",|\(| --? |[—–]| (?:who|which|that|from|at|in|of|for|with|to|on|by|inside|within|close|familiar|briefed)\b"
)


def head(mention: str) -> str:
    """The noun of a phrase, in lower case: `a senior official in the ministry` → `official`."""
    core = _CUT.split(mention.strip(), maxsplit=1)[0]
    tokens = re.findall(r"[\w’'.&-]+", core)
    return re.sub(r"['’]s?$", "", tokens[-1].lower()) if tokens else ""


def head_is_capital(mention: str) -> bool:
    """Whether the phrase's noun is a name: `Ada Example` is, `voters in Sampleton` is not."""
    core = re.split(_CUT, mention.strip(), maxsplit=1)[0]
    tokens = re.findall(r"[\w’'.&-]+", core)
    return bool(tokens) and tokens[-1][:1].isupper()


def _apposed_name(mention: str) -> str | None:
    """`her adviser, Ada Example` and `Two analysts, Ada Example and Ben Sample`: named after all."""
    _, comma, after = mention.partition(",")
    return name_in(after) if comma and re.match(r"\s*[A-ZÀ-Þ][\w'’.-]*\s+[A-ZÀ-Þ]", after) else None


def is_crowd(mention: str) -> bool:
    """Whether a phrase's noun is a crowd by its public role: experts, critics, many."""
    return head(mention) in words("sources", "crowd")


def is_pronoun(mention: str) -> bool:
    word = mention.strip().lower()
    return any(word in pronouns(group) for group in ("male", "female", "plural", "thing", "relative", "speaker"))


def certain_kind(mention: str) -> str | None:
    """The kind that a mention's words leave no doubt of, whatever else speaks: the name of an outlet, a channel or
    account online, somebody said to be unnamed; else None.
    """
    core = mention.split(",")[0].strip()
    if outlets.canonical(without_article(core)) or _is_outlet(core) or _is_press(core, head(mention)):
        return "media"
    if not _names_somebody(mention):
        if any(entry.group == "withheld" for _, _, entry in phrases("anonymity").find_in(mention)):
            return "anonymous"
        if head(mention) in words("sources", "withheld") or _are_officials_of_nobody(core):
            return "anonymous"
        if _has(core, "platform") and _ACCOUNT.search(core):
            return "social-media"
    return None


def kind_of(mention: str) -> str:
    """The kind of a mention that is no pronoun, from its words alone."""
    noun = head(mention)
    core = mention.split(",")[0]
    name = name_in(mention) if head_is_capital(mention) else _apposed_name(mention)
    named = bool(name and " " in name)
    certain = certain_kind(mention)
    if certain:
        return certain
    if noun in words("sources", "media"):
        return "media"
    if (_has(core, "social") or _has(core, "platform")) and not named:
        return "social-media"
    if named and (_has_title(core) or not _has(core, "organisation")):
        return "person"
    if noun in words("sources", "officials"):
        return _officials(mention, noun)
    if noun in words("sources", "document"):
        return "document"
    if noun in words("sources", "spokesperson") or noun in words("sources", "organisation") or _is_acronym(mention):
        return "organisation"
    if noun in words("sources", "anonymous"):
        return "anonymous"
    if noun in words("sources", "crowd"):
        return "anonymous" if _COUNTED.match(mention) and noun not in ("others", "some", "many", "most") else "vague"
    if noun in words("sources", "holder") or named:
        return "organisation" if named else "person"
    if noun in words("sources", "person"):
        return "anonymous" if _SOME_ONE.match(mention) else "person"
    if outlets.find(mention):
        return "media"
    if _COUNTED.match(mention) and not name:
        return "anonymous"  # a clerk, two drivers: somebody who is there and is not named
    return "person" if name or (mention.lower().startswith("the ") and not noun.endswith("s")) else "vague"


def _names_somebody(mention: str) -> bool:
    """Whether a full name stands in a mention that is not itself a channel's or account's."""
    if _ACCOUNT.search(mention.split(",")[0]):
        return False
    name = name_in(mention) if head_is_capital(mention) else _apposed_name(mention)
    return bool(name and " " in name)


def _is_outlet(core: str) -> bool:
    """Whether nothing but the name of an outlet stands there: `the Sampleton Gazette`."""
    name = without_article(core)
    return any(core[start:end] in (core, name) or name == found for start, end, found in outlets.find(core))


def _is_press(core: str, noun: str) -> bool:
    """`Ukrainian news reports`, and `reports` that nobody is named for."""
    return noun in ("report", "reports") and bool(_PRESS.search(core) or core.strip().lower() == "reports")


def _has_title(core: str) -> bool:
    """Whether a title or an office stands before the name: `Pentagon press secretary Major General Ada Example`."""
    return any(
        w.lower().rstrip(".") in titles() | words("sources", "spokesperson") for w in without_article(core).split()[:-1]
    )


def _officials(mention: str, noun: str) -> str:
    """Officials of one named body speak for it in the plural; all others, and one alone, are withheld."""
    if (
        name_in(mention.split(",")[0])
        and not mention.lower().startswith(("a ", "an ", "one ", "the ", "two "))
        and noun == "officials"
    ):
        before = mention.split(noun)[0].strip()
        return "organisation" if _is_acronym(before) or _has(before, "organisation") else "anonymous"
    return "anonymous"


def _are_officials_of_nobody(core: str) -> bool:
    """`two senior American intelligence officials`, `Obama administration officials`: no body answers for them."""
    *before, noun = _CUT.split(core, maxsplit=1)[0].split() or [""]
    if noun.lower() not in ("official", "officials") or not before:
        return False
    known = words("sources", "withheld-officials")
    described = [word.lower() for word in before if word.lower() not in ("the", "a", "an", "and")]
    if "administration" in described:
        described = described[described.index("administration") :]
    return bool(described) and all(word in known for word in described)


def _has(mention: str, group: str) -> bool:
    known = words("sources", group)
    return any(word.lower() in known for word in re.findall(r"[\w’'-]+", mention))


def _is_acronym(mention: str) -> bool:
    core = re.sub(r"^(?:the|The) ", "", mention.split(",")[0].strip())
    return bool(re.fullmatch(r"[A-Z][A-Z&.]{1,5}", core)) and core not in ("I", "U.S.", "U.K.", "US", "UK")
