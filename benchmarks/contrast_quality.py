"""
Whether a comment is taken for what its words are, or for what it says.

    python -m benchmarks.contrast_quality

Lines of ten kinds, written without sight of the lines that models were trained on: eight that only
sound bad (names of groups, counter-speech, quoted or negated insults, idioms, sharp criticism), and
two that attack without a bad word.
Prints for each kind how many score .5 or more for toxicity, and how many the whole policy holds.
"""

import json
from collections import Counter
from pathlib import Path

import ombud

LINES = Path(__file__).parent / "contrast" / "lines.jsonl"
_LIKELY = 0.5
_RUDE = ("personal_attack", "hate", "threat")


def main() -> None:
    """Judge and print."""
    lines = [json.loads(line) for line in LINES.read_text(encoding="utf-8").splitlines()]
    decisions = ombud.house_policy().judge_all([ombud.Case(line["text"]) for line in lines])
    toxic, rude, held, count = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    benign = {line["kind"]: not line["toxic"] for line in lines}
    for line, decision in zip(lines, decisions, strict=True):
        kind = line["kind"]
        count[kind] += 1
        toxic[kind] += decision.scores.get("TOXICITY", 0.0) >= _LIKELY
        held[kind] += decision.action > ombud.Action.APPROVE
        rude[kind] += any(finding.rule in _RUDE for finding in decision.findings)
    print(f"{'kind':24} {'lines':>6} {'TOXICITY >= .5':>15} {'attack/hate/threat':>19} {'held':>6}")
    for kind, total in count.items():
        cells = (toxic[kind] / total, rude[kind] / total, held[kind] / total)
        print(f"{kind:24} {total:6} {cells[0]:15.2f} {cells[1]:19.2f} {cells[2]:6.2f}")
    for name, wanted in (("sounds bad, is not", True), ("is bad, sounds well", False)):
        kinds = [kind for kind, good in benign.items() if good == wanted]
        total = sum(count[kind] for kind in kinds)
        cells = tuple(sum(part[kind] for kind in kinds) / total for part in (toxic, rude, held))
        print(f"{name:24} {total:6} {cells[0]:15.2f} {cells[1]:19.2f} {cells[2]:6.2f}")


if __name__ == "__main__":
    main()
