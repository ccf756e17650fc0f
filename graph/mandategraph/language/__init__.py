"""Document -> Annotated: tokens, mentions, operative verbs and figures; the only spaCy.

In: a document. Out: its paragraphs with what a lexicon finds in them. Which verbs state something, and what the words
around them mean, is left to *interpreting*; which actor a short form means, to *linking*.
"""

from mandategraph.language.annotating import Annotator

__all__ = ["Annotator"]
