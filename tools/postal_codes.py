"""Writes the postal codes that forms look up, from the file that Japan Post publishes: no network, run by hand.

`python tools/postal_codes.py utf_ken_all.csv var/postal-codes.tsv`
"""

from __future__ import annotations

import sys
from pathlib import Path

from yuimaru.core.japan.postal import from_ken_all


def main(source: Path, target: Path) -> None:
    """Read one file and write the other; raises OSError when that cannot be done."""
    with source.open(encoding="utf-8", newline="") as rows:
        lines = sorted(set(from_ken_all(rows)))
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} lines in {target}", file=sys.stderr)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
