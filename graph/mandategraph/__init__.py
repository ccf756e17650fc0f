"""MandateGraph: United Nations mandate documents as a knowledge graph of actors, instruments and obligations."""

__version__ = "0.1.0"
