"""
Whether a comment is taken for what its words are, or for what it says.

    python -m benchmarks.contrast_quality

Lines of ten kinds, written without sight of the lines that models were trained on: eight that only
sound bad (names of groups, counter-speech, quoted or negated insults, idioms, sharp criticism), and
two that attack without a bad word.
Prints for each kind how many score .5 or more for toxicity, and how many the whole policy holds.
"""

import json
from pathlib import Path
from typing import Any

import ombud

LINES = Path(__file__).parent / "contrast" / "lines.jsonl"
_LIKELY = 0.5
_SHARES = ("toxic", "rude", "held")
_RUDE = ("personal_attack", "hate", "threat")


def figures(engine: ombud.Engine) -> list[dict[str, Any]]:
    """Return for each kind, and for both sides together, the shares of lines."""
    lines = [json.loads(line) for line in LINES.read_text(encoding="utf-8").splitlines()]
    decisions = engine.judge_all([ombud.Case(line["text"]) for line in lines])
    seen: dict[str, list[tuple[bool, bool, bool]]] = {}
    for line, decision in zip(lines, decisions, strict=True):
        row = (
            decision.scores.get("TOXICITY", 0.0) >= _LIKELY,
            any(finding.rule in _RUDE for finding in decision.findings),
            decision.action > ombud.Action.APPROVE,
        )
        side = "is bad, sounds well" if line["toxic"] else "sounds bad, is not"
        for kind in (line["kind"], side):
            seen.setdefault(kind, []).append(row)
    return [
        {"kind": kind, "lines": len(rows)}
        | {name: sum(row[n] for row in rows) / len(rows) for n, name in enumerate(_SHARES)}
        for kind, rows in sorted(seen.items(), key=lambda item: len(item[1]))
    ]


def main() -> None:
    """Judge and print."""
    print(f"{'kind':24} {'lines':>6} {'TOXICITY >= .5':>15} {'attack/hate/threat':>19} {'held':>6}")
    for row in figures(ombud.house_policy()):
        cells = f"{row['toxic']:15.2f} {row['rude']:19.2f} {row['held']:6.2f}"
        print(f"{row['kind']:24} {row['lines']:6} {cells}")


if __name__ == "__main__":
    main()
