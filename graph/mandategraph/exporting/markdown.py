"""What the Markdown of all writers shares."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|])")


def escaped(words: str) -> str:
    r"""Return words with the marks of Markdown escaped.

    Example:
        >>> escaped("IEG_WPS [1]")
        'IEG\\_WPS \\[1\\]'
    """
    return _MARKS.sub(r"\\\1", words)
