"""Data files -> frozen, checked tables, a module a kind.

In: the CSV, JSON Lines and text files of `data/`, and a user's own. Out: `Tables`. A file is checked whole when it is
loaded; an error names file and line. A user's row extends a gazetteer, and on the same id replaces the shipped row.
"""

from mandategraph.lexicon.bodies import Body, Language, load_bodies
from mandategraph.lexicon.forms import Form, Norm, load_forms, load_norms, pledge_rule
from mandategraph.lexicon.glossary import Glossary, load_glossary
from mandategraph.lexicon.glosses import Printed, render
from mandategraph.lexicon.languages import tables_in
from mandategraph.lexicon.names import Entry, Gazetteer, Place, load_entries, load_families, load_places, load_types
from mandategraph.lexicon.products import Product, load_products
from mandategraph.lexicon.relations import Fact, load_facts
from mandategraph.lexicon.rows import load_patterns, load_words
from mandategraph.lexicon.rules import Rule, load_rules
from mandategraph.lexicon.sanctions import Sanction, load_sanctions
from mandategraph.lexicon.schemes import BindingRule, Concept, Theme, load_bindingness, load_themes
from mandategraph.lexicon.tables import Tables, load_tables
from mandategraph.lexicon.times import DAY, MONTH, PART, YEAR, TimePattern, Times, load_times
from mandategraph.lexicon.words import (
    FORMS,
    FRAMES,
    PLACES,
    WORD_CLASSES,
    Conditions,
    Frames,
    Head,
    Heads,
    Noun,
    Verb,
    load_conditions,
    load_frames,
    load_heads,
    load_nouns,
    load_verbs,
    load_word_classes,
)

__all__ = [
    "DAY",
    "FORMS",
    "FRAMES",
    "MONTH",
    "PART",
    "PLACES",
    "WORD_CLASSES",
    "YEAR",
    "BindingRule",
    "Body",
    "Concept",
    "Conditions",
    "Entry",
    "Fact",
    "Form",
    "Frames",
    "Gazetteer",
    "Glossary",
    "Head",
    "Heads",
    "Language",
    "Norm",
    "Noun",
    "Place",
    "Printed",
    "Product",
    "Rule",
    "Sanction",
    "Tables",
    "Theme",
    "TimePattern",
    "Times",
    "Verb",
    "load_bindingness",
    "load_bodies",
    "load_conditions",
    "load_entries",
    "load_facts",
    "load_families",
    "load_forms",
    "load_frames",
    "load_glossary",
    "load_heads",
    "load_norms",
    "load_nouns",
    "load_patterns",
    "load_places",
    "load_products",
    "load_rules",
    "load_sanctions",
    "load_tables",
    "load_themes",
    "load_times",
    "load_types",
    "load_verbs",
    "load_word_classes",
    "load_words",
    "pledge_rule",
    "render",
    "tables_in",
]
