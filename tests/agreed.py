"""Resolutions of our own that take words from each other."""

from __future__ import annotations

from pathlib import Path

WELLS = "Requests the Secretary-General to mend every well of the eastern valley and to report to the Council on it every six months"
OLDER = f"""Resolution 8801 (2031)
Adopted by the Security Council at its 9801st meeting, on 4 March 2031

The Security Council,

Recalling with sorrow the dry summers of the eastern valley and the wells that failed there,

1. {WELLS};

2. Urges all parties to let the carriers of water pass through the gates of the valley without delay or payment;

3. Decides to remain seized of the matter.
"""
MIDDLE = f"""Resolution 8802 (2032)
Adopted by the Security Council at its 9802nd meeting, on 5 April 2032

The Security Council,

1. {WELLS};

2. Urges all parties to let the carriers of water and of grain pass through the gates of the valley without delay or payment, by day and by night;

3. Decides to remain seized of the matter.
"""
NEWER = f"""Resolution 8803 (2033)
Adopted by the Security Council at its 9803rd meeting, on 6 May 2033

The Security Council,

1. {WELLS.replace("mend", "Mend")} ;

2. Urges all parties to let the carriers of water and of grain pass through the gates of the valley without delay or payment, by day and by night;

3. Encourages UNICEF to teach the children of the hills how a pump is taken apart;

4. Decides to remain seized of the matter.
"""
AGREED = {"S_RES_8801_2031.txt": OLDER, "S_RES_8802_2032.txt": MIDDLE, "S_RES_8803_2033.txt": NEWER}


def write_agreed(folder: Path, *names: str) -> list[Path]:
    """Write some of them, or all, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in names or AGREED]
    for path in paths:
        path.write_text(AGREED[path.name], encoding="utf-8")
    return paths
