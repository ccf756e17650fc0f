"""Document + Reading -> quads: the only code that knows the ontology."""

from mandategraph.describing.corrections import describe_corrections, describe_fates
from mandategraph.describing.documents import describe
from mandategraph.describing.gazetteer import describe_gazetteer

__all__ = ["describe", "describe_corrections", "describe_fates", "describe_gazetteer"]
