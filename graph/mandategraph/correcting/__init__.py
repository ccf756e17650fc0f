"""What people say of a reading -> the reading as they have it: anchored to the words, applied, settled where they differ (`docs/corrections.md`)."""

from mandategraph.correcting.applying import apply
from mandategraph.correcting.identity import identified

__all__ = ["apply", "identified"]
