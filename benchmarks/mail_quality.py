"""
Which mails assert an error, and at what cost.

    python -m benchmarks.mail_quality [--missed]

Mails as a newsroom gets them, half of which say that something published is wrong.
`apart` was written, and never read again, after the score was settled; on `tried` it was settled.
"""

import argparse
import json
from pathlib import Path

from ombud import house_policy
from ombud.mail.asserting import Asserting
from ombud.mail.intake import LEAST

MAILS = Path(__file__).with_name("mails")


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missed", action="store_true", help="show what of `tried` was wrong")
    given = parser.parse_args()
    asserting = Asserting(house_policy())
    for name in ("tried", "apart"):
        lines = (MAILS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        mails = [json.loads(line) for line in lines]
        scores = [asserting.asserts_error(mail["subject"], mail["text"]) for mail in mails]
        both = list(zip(mails, scores, strict=True))
        taken = [mail["asserts"] for mail, score in both if score >= LEAST]
        recall = sum(taken) / sum(mail["asserts"] for mail in mails)
        precision = sum(taken) / len(taken)
        print(f"{name}: {len(mails)} mails, recall {recall:.3f}, precision {precision:.3f}")
        if given.missed and name == "tried":
            for mail, score in both:
                if mail["asserts"] != (score >= LEAST):
                    print(f"  {score:.3f}  {' '.join(mail['text'].split())[:100]}")


if __name__ == "__main__":
    main()
