"""What is said of pictures that stand where text should be; a logo or a photograph beside text is not worth a word."""

from __future__ import annotations

from mandategraph.errors import SourceError
from mandategraph.reading.words import Writer

_HINT = "Have its text recognized first (OCR)."
# So few characters are a heading and captions; each picture may have one.
_HEADING, _CAPTION = 200, 100


def tell_of_pictures(writer: Writer, where: str, count: int, *, large: int = 0) -> None:
    """Remark on pictures that may hold the text of a document.

    Args:
        writer: that has written the words of the document.
        where: the file, for messages.
        count: of its pictures.
        large: how many of them are as large as pages.

    Raises:
        SourceError: it has pictures alone.
    """
    if not count:
        return
    if writer.is_blank:
        raise SourceError("it holds pictures and no text", where=where, hint=_HINT)
    if large:
        writer.remark(f"it holds {_named(large)} not read, as large as a page")
    elif writer.read < _HEADING + _CAPTION * count:
        writer.remark(f"it holds {_named(count)} not read, and hardly any text")


def _named(count: int) -> str:
    return "a picture, which is" if count == 1 else f"{count} pictures, which are"
