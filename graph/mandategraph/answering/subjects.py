"""What somebody gives to be compared with the store -> its paragraphs: a document or statement of the store, a file, or words as typed."""

from __future__ import annotations

import re
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from mandategraph.answering.precedents import Given, Subject
from mandategraph.building.extracting import Reader
from mandategraph.errors import NotFoundError, QueryError, SourceError
from mandategraph.indexing.gathering import KINDS
from mandategraph.indexing.index import Index
from mandategraph.indexing.words import RUN, words_of
from mandategraph.keeping.naming import ThingKind, find
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon import load_tables
from mandategraph.reading import SUFFIXES, SourceReader
from mandategraph.vocabulary import BASE, MG

# A name has at most so many words, a path so many characters.
_LONGEST_NAME, _LONGEST_PATH = 2 * RUN, 1000
_LABEL = re.compile(r"^\s*(?:\d{1,3}[.)]|\([a-z0-9]{1,4}\))\s+")


def subject_of(store: GraphStore, index: Index, typed: str, *, paragraph: str = "") -> Subject:
    """Return what is meant by what was typed: a file, a document of the store, an IRI of a statement or paragraph there, else words.

    Args:
        store: open.
        index: of it.
        typed: as it came; words may be of several paragraphs, with an empty line between them.
        paragraph: label of the only one that is asked about.

    Raises:
        SourceError: there is no such file, or it cannot be read.
        NotFoundError: nothing is called so and it is too short for a paragraph, or there is no such paragraph.
        QueryError: there are no words.
    """
    if len(typed) < _LONGEST_PATH and (path := _file(typed)):
        return _one_of(subject_of_file(path), paragraph)
    return subject_in_store(store, index, typed, paragraph=paragraph)


def subject_in_store(store: GraphStore, index: Index, typed: str, *, paragraph: str = "") -> Subject:
    """Return what is meant by what was typed, as `subject_of` does, but no file of this machine.

    Raises:
        NotFoundError, QueryError: as `subject_of`.
    """
    if not words_of(typed):
        raise QueryError("there are no words to look for", hint="Give a paragraph, or a symbol.")
    return _one_of(_subject(store, index, typed), paragraph)


def _one_of(found: Subject, paragraph: str) -> Subject:
    """Return a subject, or one paragraph of it where its label is given."""
    if not paragraph:
        return found
    chosen = tuple(each for each in found.paragraphs if each.label == paragraph)
    if not chosen:
        near = [each.label for each in found.paragraphs if each.label][:8]
        raise NotFoundError(
            f"{found.name} has no paragraph {paragraph!r}", hint=f"It has {', '.join(near)} ..." if near else ""
        )
    return Subject(f"{found.name}, {paragraph}", found.key, found.day, chosen)


def _subject(store: GraphStore, index: Index, typed: str) -> Subject:
    if typed.startswith(BASE) and "#" in typed:
        return _of_passage(store, index, typed)
    if typed.startswith(BASE) or len(words_of(typed)) <= _LONGEST_NAME:
        try:
            return _of_document(index, find(store, typed, (ThingKind.DOCUMENT,)).id)
        except NotFoundError:
            if sum(word.isalpha() for word in words_of(typed)) < RUN // 2:
                raise
    return subject_of_text(typed)


def subject_of_text(text: str) -> Subject:
    """Return words as they were typed; an empty line divides paragraphs, and a number before one is none of its words."""
    blocks = [_LABEL.sub("", block).strip() for block in re.split(r"\n\s*\n", text)]
    kept = [block for block in blocks if words_of(block)]
    labels = [str(n) for n in range(1, len(kept) + 1)] if len(kept) > 1 else [""]
    return Subject("the text", "", "", tuple(map(Given, labels, kept)))


def subject_of_file(path: Path) -> Subject:
    """Return the paragraphs of a file, which is read but not stored.

    Raises:
        SourceError: it cannot be read, is no document, or has no paragraph.
    """
    with SourceReader() as sources:
        items = list(sources.find(path))
        if len(items) != 1:
            raise SourceError("this holds several documents, or none", where=str(path), hint="Give one document.")
        source = sources.read(sources.load(items[0]))
    documents = Reader(load_tables()).documents(source)
    given = tuple(
        Given(paragraph.label, document.text.text[paragraph.span.start : paragraph.span.end])
        for document in documents
        for _, paragraph in document.paragraphs()
        if paragraph.kind.value in KINDS
    )
    if not given:
        raise SourceError("no paragraph was read", where=str(path), hint="Is it a resolution or a draft of one?")
    return Subject(documents[0].key, documents[0].key, documents[0].masthead.date or "", given)


def _file(typed: str) -> Path | None:
    """Return the file that was typed, None where it is none.

    Raises:
        SourceError: it is the name of a file that is not there.
    """
    path = Path(typed)
    try:
        if path.exists():
            return path
    except (OSError, ValueError):
        return None
    if path.suffix.lower() in SUFFIXES and len(typed.split()) == 1:
        raise SourceError("no such file", where=typed, hint="Check the path.")
    return None


def _of_document(index: Index, key: str) -> Subject:
    passages = index.of_document(key)
    if not passages:
        raise NotFoundError(f"{key} has no paragraphs")
    return Subject(key, key, passages[0].day, tuple(Given(p.label, p.text) for p in passages))


def _of_passage(store: GraphStore, index: Index, iri: str) -> Subject:
    """Return a statement or paragraph of the store by its IRI."""
    named = find(store, iri)
    key = find(store, iri.partition("#")[0], (ThingKind.DOCUMENT,)).id
    document = _of_document(index, key)
    said = {
        name: next(
            (q.object for q in store.store.quads_for_pattern(NamedNode(named.iri), NamedNode(MG + name), None, None)),
            None,
        )
        for name in ("text", "label", "inParagraph")
    }
    text = said["text"]
    if not isinstance(text, Literal):
        raise NotFoundError(f"{iri} is no statement and no paragraph", hint="See them with: mandategraph show SYMBOL")
    if said["inParagraph"] is not None:
        labels = store.store.quads_for_pattern(said["inParagraph"], NamedNode(MG + "label"), None, None)  # type: ignore[arg-type]
        said["label"] = next((quad.object for quad in labels), None)
    label = said["label"].value if isinstance(said["label"], Literal) else ""
    return Subject(f"{key}, {label}", key, document.day, (Given(label, text.value),))
