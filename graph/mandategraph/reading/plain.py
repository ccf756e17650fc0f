"""Plain text, Markdown and the text of HTML: bytes -> characters.

Unicode with or without a byte-order mark, else Windows-1252, and Latin-1 where a byte has no character in that. What looks like
another kind of file (pictures, old Office documents, compressed files) is refused by name.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from mandategraph.errors import SourceError
from mandategraph.reading.furniture import Front, Row, furniture
from mandategraph.reading.limits import Limits
from mandategraph.reading.words import Words, Writer

_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ\0", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LINE_ENDS = str.maketrans("\r\v\x85\u2028\u2029", "\n\n\n\n\n")
_REACH = 8
_HINT = "Save it as plain text in UTF-8."


def read_plain(text: str, where: str, suffix: str, limits: Limits) -> Words:
    """Return the words of a text; form feeds divide its pages, and become line feeds."""
    writer = Writer(where, limits.characters)
    pages = [page.split("\n") for page in text.split("\f")]
    heads, feet = _furniture(pages) if len(pages) > 1 else ([set()], [set()])
    for n, (lines, head, foot) in enumerate(zip(pages, heads, feet, strict=True), 1):
        if len(pages) > 1:
            writer.place(f"page {n}")
        for at, line in enumerate(lines):
            omit = "running head" if at in head else "running foot" if at in foot else ""
            writer.write(f"{line}\n" if at + 1 < len(lines) or n < len(pages) else line, omit=omit)
    return writer.words("text/markdown" if suffix.lower() in {".md", ".markdown"} else "text/plain")


def _furniture(pages: Sequence[Sequence[str]]) -> tuple[list[set[int]], list[set[int]]]:
    """Return which lines of every page are its running head and its running foot; the first page keeps its head."""
    filled = [[at for at, line in enumerate(lines) if line.strip()] for lines in pages]
    above = [
        [Row(at - places[0], lines[at].strip()) for at in places] for lines, places in zip(pages, filled, strict=True)
    ]
    below = [
        [Row(places[-1] - at, lines[at].strip()) for at in reversed(places)]
        for lines, places in zip(pages, filled, strict=True)
    ]
    heads = [0, *furniture(above[1:], reach=_REACH, pitch=1, front=Front.of(above[0]), is_printed=False)]
    feet = furniture(
        [rows[: len(rows) - head] for rows, head in zip(below, heads, strict=True)],
        reach=_REACH,
        pitch=1,
        is_printed=False,
    )
    return (
        [set(places[:head]) for places, head in zip(filled, heads, strict=True)],
        [set(places[len(places) - foot :]) for places, foot in zip(filled, feet, strict=True)],
    )


def decode(content: bytes, *, where: str) -> str:
    """Return the characters of a text file, line ends as line feeds.

    Raises:
        SourceError: the bytes are another kind of file, or no encoding fits.
    """
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            raise SourceError(f"this is {kind}, not text", where=where, hint=_HINT)
    text = _decode_marked(content, where=where) if _mark(content) else _decode_unmarked(content, where=where)
    if _is_binary(text):
        raise SourceError("this is a binary file, not text", where=where, hint=_HINT)
    return text.replace("\r\n", "\n").translate(_LINE_ENDS)


def _mark(content: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)


def _decode_marked(content: bytes, *, where: str) -> str:
    encoding = _mark(content) or "utf-8"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"the file is marked as {encoding.upper()} but is not (byte {error.start})"
        raise SourceError(message, where=where, hint=_HINT) from error


def _decode_unmarked(content: bytes, *, where: str) -> str:
    for encoding in (*_wide(content), "utf-8", "cp1252", "latin-1"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourceError("the file is in no encoding we know", where=where, hint=_HINT)


def _wide(content: bytes) -> tuple[str, ...]:
    """Return UTF-16 of either order where every second byte of Latin text would be a NUL."""
    head = content[:2000]
    if len(head) < 4 or len(content) % 2:
        return ()
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 0.6 * len(head) / 2 and not even:
        return ("utf-16-le",)
    return ("utf-16-be",) if even > 0.6 * len(head) / 2 and not odd else ()


def _is_binary(text: str) -> bool:
    """A text has no NUL and hardly any control characters."""
    head = text[:20_000]
    controls = sum(1 for c in head if (ord(c) < 32 and c not in "\t\n\r\f\v") or 0x7F <= ord(c) < 0xA0)
    return "\0" in text or controls > len(head) // 200
