"""What people say of a reading: corrections, and what became of each in a document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from mandategraph.records.documents import Document
from mandategraph.records.readings import Reading
from mandategraph.records.texts import SourceSpan

_DIGITS = 16


class Verdict(StrEnum):
    """What a person says."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    ADDED = "added"
    WITHDRAWN = "withdrawn"


class Target(StrEnum):
    """What it is said of: a statement, a relation, whom words name, two minted actors that are one, what a masthead says."""

    STATEMENT = "statement"
    RELATION = "relation"
    NAME = "name"
    ACTOR = "actor"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quotation by which words are found again (Web Annotation): white space is folded.

    Attributes:
        paragraph: label of the paragraph in which they stood.
        exact: the words.
        prefix, suffix: what stood before and after them in the paragraph.
    """

    paragraph: str
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of a reading.

    Attributes:
        document: key of the document; "" of an actor, which is of the whole store.
        sha256: digest of the document that was read.
        anchor: the words that it is about, None of an actor and of one that is withdrawn.
        field: of what it is said of; "" where it is of the whole.
        was, becomes: values as canonical JSON, "" where there is none.
        who: a name, as the person gives it.
        when: ISO 8601 moment, as `moment` gives it.
        of: id of the correction that is withdrawn.
    """

    verdict: Verdict
    target: Target
    document: str
    sha256: str
    anchor: Anchor | None
    field: str
    was: str
    becomes: str
    who: str
    when: str
    reason: str = ""
    of: str = ""

    @property
    def id(self) -> str:
        """A digest of all that it says."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:_DIGITS]

    @property
    def order(self) -> tuple[str, str]:
        """By what corrections are put in order: a later one holds against an earlier one."""
        return self.when, self.id

    @property
    def spot(self) -> tuple[Any, ...]:
        """What it is about, whatever it says of that: relations of the same words are told apart by what they were."""
        which = self.value(self.was or self.becomes) if self.target is Target.RELATION else None
        ends = tuple(which.get(end) for end in ("subject", "relation", "object")) if which else ()
        where = (self.was if self.target is Target.ACTOR else "", self.field if self.target is Target.DOCUMENT else "")
        return self.target, self.document, self.anchor, *where, *ends

    @staticmethod
    def value(written: str) -> Any:
        """Return a value that is written as JSON, None where there is none."""
        return json.loads(written) if written else None


def written(value: Any) -> str:
    """Return a value as canonical JSON.

    Example:
        >>> written({"b": 1, "a": [None]})
        '{"a": [null], "b": 1}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def moment(given: str) -> str:
    """Return an ISO 8601 moment, or day, as a correction keeps it: to the second, in UTC.

    Raises:
        ValueError: it is none.

    Example:
        >>> moment("2031-05-01T12:00:00+02:00"), moment("2031-05-01")
        ('2031-05-01T10:00:00Z', '2031-05-01T00:00:00Z')
    """
    found = datetime.fromisoformat(given)
    known = found if found.tzinfo else found.replace(tzinfo=UTC)
    return known.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Standing(StrEnum):
    """What became of a correction: it holds, it was overruled by a later one, or what it is about is not there."""

    STANDS = "stands"
    OVERRULED = "overruled"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a correction in a document.

    Attributes:
        reason: why it does not hold, as a sentence without a full stop; "" where it does.
        span: the words, where they were found.
    """

    correction: str
    standing: Standing
    reason: str = ""
    span: SourceSpan | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A document and its reading as people have them, and what became of each correction."""

    document: Document
    reading: Reading
    fates: tuple[Fate, ...] = ()


Values = Mapping[str, Any]
"""A statement or relation as a correction gives it: values of its fields, as JSON has them."""
