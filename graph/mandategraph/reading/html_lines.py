"""Words in the order of a page -> lines: white space folded, numbers and separators before the words that they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mandategraph.reading.words import Writer

_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Lines:
    """Writes words in lines.

    A line ends when words come that stand in another; what is written before words (a number) waits for the first that are read.
    """

    writer: Writer
    _marks: list[str] = field(default_factory=lambda: [""])
    _cells: list[int] = field(default_factory=list)
    _ending: str | None = None
    is_marked: bool = False
    _is_spaced: bool = True
    _was_spaced: bool = True

    def words(self, words: str, *, omit: str = "", is_kept: bool = False) -> None:
        """Write words of the line; their line ends count where `is_kept`."""
        for n, line in enumerate(words.split("\n") if is_kept else [_SPACE.sub(" ", words)]):
            if n:
                self.end()
            self._write(line, omit)

    def _write(self, words: str, omit: str) -> None:
        is_spaced = self._is_spaced or self._ending is not None
        if is_spaced and (omit or self._was_spaced or self._ending == ""):
            words = words.lstrip(" ")
        if not words or (self.is_marked and words.isspace()):
            return
        if self._ending is not None:
            self.writer.write("\n", omit=self._ending)
            self._is_spaced, self._was_spaced = True, self._was_spaced or not self._ending
            self._ending = None
        if self.is_marked and not omit:
            mark = "".join(self._marks)
            self.writer.write(mark.lstrip(" ") if self._is_spaced else mark)
            self._marks, self.is_marked = [""] * len(self._marks), False
            words = words.lstrip(" ")
        elif self.is_marked and not self._is_spaced:
            words = f" {words}"
        self.writer.write(words, omit=omit)
        self._is_spaced = words.endswith(" ")
        if not omit:
            self._was_spaced = self._is_spaced

    def end(self, omit: str = "") -> None:
        """End the line, where it has words; so that it is no end in what is read, where there is a reason to omit it."""
        if self.writer.length and not self._is_fresh and (self._ending is None or not omit):
            self._ending = omit

    def before(self, mark: str) -> None:
        """Put a mark before the next words that are read in the innermost part that was begun."""
        self._marks[-1] += mark
        self.is_marked = self.is_marked or bool(mark)

    def begin(self) -> None:
        """Begin a part of which the marks go with it, where it has no words."""
        self._marks.append("")

    def finish(self) -> None:
        """Finish the part that was begun last."""
        self._marks.pop()
        self.is_marked = self.is_marked and any(self._marks)

    def open_cell(self) -> None:
        """Begin a cell: its first words go on in the line, whatever block they stand in."""
        self._cells.append(self.writer.length)

    def close_cell(self) -> None:
        """Finish a cell: the next one goes on in its last line."""
        if self.writer.length > self._cells.pop():
            self._ending = None

    @property
    def _is_fresh(self) -> bool:
        return bool(self._cells) and self.writer.length == self._cells[-1]
