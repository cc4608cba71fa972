"""Whether this processor has what makes the encoder fast; without it, it is right and slow."""

from pathlib import Path
from typing import Final

_CPUINFO: Final = Path("/proc/cpuinfo")
_FAST: Final = {"AVX2": ("avx2",), "VNNI": ("avx512_vnni", "avx_vnni")}
"""What an x86 processor should have, and the flags of Linux that say so."""


def lacking(path: Path = _CPUINFO) -> tuple[str, ...]:
    """Return what an x86 processor lacks; nothing where that cannot be told."""
    try:
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return ()
    flags = next((line.split(":", 1)[-1].split() for line in lines if line.startswith("flags")), ())
    if not flags:
        return ()
    return tuple(name for name, known in _FAST.items() if not set(known) & set(flags))
