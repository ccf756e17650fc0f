"""Accept headers -> the media type to answer with (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence


def negotiate(accept: str, offered: Sequence[str]) -> str | None:
    """Return the offered media type that is wanted most, the first offered among equals; None where none is.

    Example:
        >>> negotiate("text/html;q=0.5, text/turtle", ["text/html", "text/turtle"])
        'text/turtle'
        >>> negotiate("*/*", ["text/html", "text/turtle"])
        'text/html'
        >>> negotiate("image/png", ["text/html"]) is None
        True
    """
    wanted = [_range(part) for part in (accept or "*/*").split(",") if part.strip()]
    best, chosen = 0.0, None
    for media_type in offered:
        quality = _quality(media_type, wanted)
        if quality > best:
            best, chosen = quality, media_type
    return chosen


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            try:
                quality = min(1.0, max(0.0, float(value)))
            except ValueError:
                quality = 0.0
    return name.lower(), quality


def _quality(media_type: str, wanted: Sequence[tuple[str, float]]) -> float:
    """Return the quality that the most specific range gives."""
    kind = media_type.split("/")[0]
    for name in (media_type, f"{kind}/*", "*/*"):
        for given, quality in wanted:
            if given == name:
                return quality
    return 0.0
