"""A page of HTML before it is parsed: whether it is one, and how many attributes its largest tag has.

The parser compares each attribute of a tag with all others, so that a tag of very many takes minutes.
"""

from __future__ import annotations

import re

_OPENINGS = ("<!doctype html", "<html", "<head", "<body")
_BEFORE = {"<?xml": "?>", "<!--": "-->"}
_VALUE = r"=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>\"']?)"
_TAG = re.compile(rf"</?([A-Za-z][^\s/>]*+)((?:[^>=]++|{_VALUE})*+)>?")
_ATTRIBUTE = re.compile(rf"[^\s/>=][^\s/>=]*+(?:\s*+{_VALUE})?+")
_COMMENT_END = re.compile("--!?>")
_RAW = frozenset("script style textarea title iframe noembed noframes xmp".split())
_SHORT = 4_000


def is_html(text: str) -> bool:
    """Return whether a text is a page of HTML.

    Example:
        >>> is_html("<!DOCTYPE html><p>Decides</p>"), is_html("1. Decides <b>so</b>")
        (True, False)
    """
    head = text[:2000].lstrip().lower()
    while end := next((end for start, end in _BEFORE.items() if head.startswith(start)), ""):
        head = head.partition(end)[2].lstrip()
    return head.startswith(_OPENINGS)


def most_attributes(text: str) -> int:
    """Return how many attributes the tag with the most has; tags of ordinary length count as none.

    Example:
        >>> most_attributes("<html><p " + 'a=">" ' * 2_000 + ">Wells</p>")
        2000
    """
    most = at = 0
    while (at := text.find("<", at)) >= 0:
        if text.startswith("<!--", at):
            at = _behind(_COMMENT_END.search(text, at + 2), text)
        elif tag := _TAG.match(text, at):
            at = tag.end()
            if len(tag[2]) > _SHORT:
                most = max(most, len(_ATTRIBUTE.findall(tag[2])))
            if tag[1].lower() in _RAW and text[tag.start() + 1] != "/":
                at = _behind(re.compile(f"(?=</{re.escape(tag[1])})", re.IGNORECASE).search(text, at), text)
        else:
            at += 1
    return most


def _behind(found: re.Match[str] | None, text: str) -> int:
    return found.end() if found else len(text)
