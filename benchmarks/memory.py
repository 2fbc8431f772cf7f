"""What a process holds in memory, as Linux counts it."""

import re
from pathlib import Path


def megabytes(kind: str = "VmRSS", process: int | str | None = "self") -> int:
    """`VmRSS` is what it holds now, `VmHWM` the most that it held; 0 where nobody counts."""
    status = Path(f"/proc/{process}/status")
    found = (
        re.search(rf"{kind}:\s+(\d+) kB", status.read_text("utf-8")) if status.exists() else None
    )
    return int(found[1]) // 1024 if found else 0
