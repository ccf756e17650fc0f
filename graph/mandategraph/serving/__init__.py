"""The store -> pages and a SPARQL endpoint for this machine: what `mandategraph serve` runs."""

from mandategraph.serving.app import create_app

__all__ = ["create_app"]
