"""Annotated paragraph -> phrases, once, as everything after reads them."""
