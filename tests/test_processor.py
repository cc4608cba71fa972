"""What slows the models down is said, and nothing is said where it cannot be told."""

from pathlib import Path

import pytest

from ombud.processor import lacking


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("processor : 0\nflags\t\t: fpu sse2 avx2 avx512_vnni\n", ()),
        ("processor : 0\nflags\t\t: fpu sse2 avx2 avx_vnni\n", ()),
        ("processor : 0\nflags\t\t: fpu sse2 avx2\nflags : avx_vnni\n", ("VNNI",)),
        ("flags : fpu sse2\n", ("AVX2", "VNNI")),
        ("processor : 0\nFeatures : fp asimd\n", ()),
        ("", ()),
    ],
)
def test_what_the_processor_lacks_is_named(
    tmp_path: Path, content: str, expected: tuple[str, ...]
) -> None:
    """Flags of the first processor count; where there are none, it is of another make."""
    path = tmp_path / "cpuinfo"
    path.write_text(content)

    assert lacking(path) == expected


def test_a_system_that_does_not_tell_lacks_nothing(tmp_path: Path) -> None:
    """Where there is no such file, nothing is said."""
    assert lacking(tmp_path / "none") == ()
