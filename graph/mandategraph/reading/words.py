"""What every format gives: the words of a file in order, those that are not to be read among them, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass

from mandategraph.errors import SourceError
from mandategraph.records import Omission, Place, SourceSpan

# Reasons to omit words that formats share.
HIDDEN, STRUCK = "hidden", "struck out"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a file.

    Attributes:
        media_type: IANA media type.
        text: all words of the file, in reading order; lines end with line feeds.
        places: where pages or paragraphs begin.
        omitted: stretches that are not to be read, with the reason, in the order of the text.
        remarks: sentences without a full stop on what could not be read.
    """

    media_type: str
    text: str
    places: tuple[Place, ...] = ()
    omitted: tuple[Omission, ...] = ()
    remarks: tuple[str, ...] = ()


class Writer:
    """Collects the words of a file, and stops where they grow beyond what a document may have.

    Args:
        where: the file, for messages.
        most: characters that may be written.

    Attributes:
        length: how many characters were written.
        read: how many of them are to be read.
        is_blank: there is no word among them.

    Example:
        >>> writer = Writer("a.html", 100)
        >>> writer.write("Calls upon States ")
        >>> writer.write("not ", omit="struck out")
        >>> writer.write("to pay")
        >>> words = writer.words("text/html")
        >>> words.text, words.omitted
        ('Calls upon States not to pay', (Omission(span=SourceSpan(start=18, end=22), reason='struck out'),))
    """

    def __init__(self, where: str, most: int) -> None:
        self._where = where
        self._most = most
        self._written: list[str] = []
        self._places: list[Place] = []
        self._omitted: list[Omission] = []
        self._remarks: list[str] = []
        self.length = 0
        self.read = 0
        self.is_blank = True

    def write(self, words: str, *, omit: str = "") -> None:
        """Add words; with a reason to omit them they stand in the text and are not read.

        Raises:
            SourceError: the text has more characters than it may.
        """
        if not words:
            return
        start, self.length = self.length, self.length + len(words)
        if self.length > self._most:
            message = f"the text has more than {self._most:,} characters"
            raise SourceError(message, where=self._where, hint="See --limit characters.")
        self._written.append(words)
        self.is_blank = self.is_blank and words.isspace()
        if not omit:
            self.read += len(words)
            return
        before = self._omitted[-1] if self._omitted else None
        if before and before.span.end == start and before.reason == omit:
            self._omitted[-1] = Omission(SourceSpan(before.span.start, self.length), omit)
        else:
            self._omitted.append(Omission(SourceSpan(start, self.length), omit))

    def place(self, name: str) -> None:
        """Say that a page or paragraph of this name begins here."""
        self._places.append(Place(self.length, name))

    def remark(self, sentence: str) -> None:
        """Say that something could not be read; each sentence once, without a full stop."""
        if sentence not in self._remarks:
            self._remarks.append(sentence)

    def words(self, media_type: str) -> Words:
        """Return all that was written."""
        text = "".join(self._written)
        return Words(media_type, text, tuple(self._places), tuple(self._omitted), tuple(self._remarks))
