"""What a person must know of a document that was read: sentences without a full stop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mandategraph.lexicon import Language
from mandategraph.records import Document, Genre, Reading


def several(document: Document) -> Iterator[str]:
    """Yield that a file holds other documents, and what stands in it besides them."""
    if document.enclosed:
        more = (
            "one more document" if len(document.enclosed) == 1 else f"{len(document.enclosed)} documents of their own"
        )
        yield f"the file holds {more}, each kept under its own name"


def silence(document: Document, reading: Reading, languages: Iterable[Language]) -> Iterator[str]:
    """Yield why nothing was read that states something, where that is so."""
    if reading.statements or document.enclosed:
        return
    if not document.is_read:
        read = " and ".join(language.name for language in languages if language.is_read)
        yield (
            f"no statement was read: it seems to be in {document.language_name}, and only documents in {read} are read; "
            "its mentions are kept"
        )
    elif document.genre is Genre.OTHER:
        yield "no statement was read: no structure of a United Nations document was recognized; its mentions are kept"
    elif reading.unread:
        yield f"no statement was read: {len(reading.unread)} operative passages were not understood (see --verbose)"
    else:
        yield f"no statement was read: no operative verb was recognized in what seems to be a {document.genre.words}"
