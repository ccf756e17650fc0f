"""Annotated -> Reading: statements, indicators and relations; a grammar of UN drafting over tokens.

No spaCy and no RDF here: the grammar reads records and can be tested on records made by hand.
"""

from mandategraph.interpreting.reading import Interpreter

__all__ = ["Interpreter"]
