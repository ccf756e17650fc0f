"""The bytes of a file -> its words, by what the bytes are; called in a process of its own, since strangers wrote them."""

from __future__ import annotations

from mandategraph.errors import SourceError
from mandategraph.reading.limits import Limits
from mandategraph.reading.words import Words

ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def words_of(content: bytes, where: str, suffix: str, limits: Limits) -> Words:
    """Return the words of a file.

    Args:
        content: of the file.
        where: its name, for messages.
        suffix: of its name; it tells Markdown from plain text, and nothing else.
        limits: what a document may have.

    Raises:
        SourceError: the file is damaged, too large inside, or of no kind we read.
    """
    if b"%PDF-" in content[:1024]:
        from mandategraph.reading.pdf import read_pdf

        return read_pdf(content, where, limits)
    if content.startswith(ZIP):
        from mandategraph.reading.archive import kind_of, opened

        kind = kind_of(opened(content, where, limits))
        if kind == "docx":
            from mandategraph.reading.docx import read_docx

            return read_docx(content, where, limits)
        said = kind or "an archive in an archive"
        raise SourceError(f"this is {said}", where=where, hint="Save it as PDF, Word or plain text.")
    from mandategraph.reading.plain import decode, read_plain

    text = decode(content, where=where)
    from mandategraph.reading.html import read_html
    from mandategraph.reading.html_tags import is_html

    return read_html(text, where, limits) if is_html(text) else read_plain(text, where, suffix, limits)
