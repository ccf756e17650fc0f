"""The tables of the index as SQL makes them; whoever changes them raises `FORMAT`, so that an older index is made anew."""

FORMAT = 4
TABLES = """
CREATE TABLE made (format INTEGER);
CREATE TABLE documents (
  id INTEGER PRIMARY KEY, iri TEXT UNIQUE, fingerprint TEXT, key TEXT, genre TEXT, status TEXT, source TEXT, day TEXT, body TEXT, title TEXT, language TEXT, instrument TEXT
);
CREATE TABLE passages (
  id INTEGER PRIMARY KEY, document INTEGER, label TEXT, kind TEXT, start INTEGER, themes TEXT, digest INTEGER, text TEXT
);
CREATE INDEX passages_of ON passages (document);
CREATE INDEX passages_same ON passages (digest);
CREATE TABLE statements (id INTEGER PRIMARY KEY, passage INTEGER, iri TEXT, act TEXT, strength INTEGER, is_cycle INTEGER);
CREATE INDEX statements_of ON statements (passage);
CREATE TABLE said (statement INTEGER, name TEXT, value TEXT);
CREATE INDEX said_of ON said (statement);
CREATE INDEX said_as ON said (name, value);
CREATE VIRTUAL TABLE words USING fts5 (text, content='passages', content_rowid='id', tokenize='unicode61');
CREATE VIRTUAL TABLE frequencies USING fts5vocab (words, 'row');
CREATE TABLE runs (at INTEGER PRIMARY KEY);
"""
