"""
The policy as its readers see it, rendered from the rules themselves.

`policy_page` gives the sections, `markdown` writes them for the terminal; the web draws them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ombud.case import Case
from ombud.policy import Policy, Rule

_MARKS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#|~"})
_LONGEST_EXAMPLE = 280
_LONGEST_CONTEXT = 90

_WELCOME = (
    "We welcome strong opinions, and criticism of our work.",
    """A comment is read before it appears.
    It ends either approved or deleted; held only means that a moderator has yet to decide.""",
)
_PROMISES = (
    """Comments are never edited.
    Only when we quote one in an article may spelling and punctuation be mended, and then nothing
    else changes.""",
    """We decide as carefully and consistently as we can:
    moderators see what was decided about comments nearly like yours.""",
    """We cannot discuss single decisions with readers, so each decision explains itself:
    it quotes the clause, says why, and shows the words that it is about.""",
    """When a check cannot be made, the comment is held for a moderator.
    Nothing is published because something failed.""",
    """When you report an error, every assertion in your report is investigated and answered.
    Corrections are published in an article or a post, not among the comments.""",
    """We value a variety of views, and highlight comments that make their point quickly and
    politely.""",
    "You accept these terms before your first comment, and you are responsible for what you write.",
)


@dataclass(frozen=True, slots=True)
class Example:
    """A comment that passes or does not, and what has to be known about it besides its text."""

    text: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page: a clause with its examples, or a word to the readers (no `outcome`)."""

    id: str
    title: str
    paragraphs: tuple[str, ...]
    outcome: str = ""
    passes: tuple[Example, ...] = ()
    breaks: tuple[Example, ...] = ()


def policy_page(policy: Policy) -> list[Section]:
    """Return the readers' policy: a welcome, a section for each clause in force, the promises."""
    clauses = [_clause(rule) for rule in policy.rules if rule.mode != "off"]
    return [
        Section("welcome", "How comments are moderated", _paragraphs(_WELCOME)),
        *clauses,
        Section("promises", "What we promise", _paragraphs(_PROMISES)),
    ]


def markdown(name: str, sections: Sequence[Section]) -> str:
    """Return the page as Markdown, with the policy's name as its heading."""
    parts = [f"# {_escaped(name)}"]
    for section in sections:
        parts.append(f"## {_escaped(section.title)}")
        parts.extend(_escaped(paragraph) for paragraph in section.paragraphs)
        if section.outcome:
            parts.append(f"*{_escaped(section.outcome)}*")
        for heading, examples in (("Passes", section.passes), ("Does not pass", section.breaks)):
            if examples:
                parts.append("\n".join([f"{heading}:", "", *map(_bullet, examples)]))
    return "\n\n".join(parts) + "\n"


def _clause(rule: Rule) -> Section:
    """Return the section of one rule."""
    return Section(
        id=rule.id,
        title=rule.title.rstrip("."),
        paragraphs=_paragraphs(rule.clause.split("\n\n")),
        outcome=outcome(rule),
        passes=_examples(rule.lets_pass),
        breaks=_examples(rule.catches),
    )


def _paragraphs(written: Iterable[str]) -> tuple[str, ...]:
    """Return each paragraph in one line."""
    return tuple(" ".join(part.split()) for part in written if part.strip())


def outcome(rule: Rule) -> str:
    """Say in plain words what happens to a comment that breaks a rule."""
    if rule.mode == "trial":
        return "This clause is on trial: we note what it would have done, and nothing happens."
    if rule.hold is None and rule.delete is None:
        return "We note such comments, and nothing happens to them."
    if rule.delete is None:
        return (
            f"When we are at least {_percent(rule.hold)} sure, the comment waits for a moderator."
            " Only a moderator can delete it."
        )
    if rule.hold is None or rule.hold == rule.delete:
        return f"When we are at least {_percent(rule.delete)} sure, the comment is deleted."
    return (
        f"When we are at least {_percent(rule.hold)} sure, the comment waits for a moderator;"
        f" from {_percent(rule.delete)} on it is deleted."
    )


def _percent(threshold: float | None) -> str:
    """Return a threshold as a share of a hundred."""
    return f"{(threshold or 0) * 100:.3g} %"


def _examples(written: Iterable[str | Case]) -> tuple[Example, ...]:
    """Return the examples; of one that is long for the sake of being long only the beginning."""
    cases = (Case(one) if isinstance(one, str) else one for one in written)
    return tuple(_example(case) for case in cases if case.text.strip())


def _example(case: Case) -> Example:
    """Return an example with what is known about it, in words."""
    known: list[str] = []
    if case.author:
        known.append(f"by \u201c{case.author.name}\u201d")
    if case.parent:
        known.append(f"in reply to \u201c{_short(case.parent)}\u201d")
    if case.article and (case.article.title or case.article.text):
        about = case.article.title or case.article.text
        known.append(f"under \u201c{_short(about)}\u201d")
    if case.repeats:
        first = case.repeats[0]
        many = "another reader" if len(case.repeats) == 1 else "several readers"
        readers = "the same reader" if first.same_reader else many
        days = f"{first.age.days} days before" if first.age and first.age.days else "the same day"
        ago = f" {days}" if first.age else ""
        known.append(f"after {readers} wrote \u201c{_short(first.text)}\u201d{ago}")
    text = case.text.strip()
    if len(text) > _LONGEST_EXAMPLE:
        known.append(f"{len(text):,} characters in all")
        text = f"{text[:_LONGEST_EXAMPLE].rstrip()} \u2026"
    return Example(text, ", ".join(known))


def _short(text: str) -> str:
    """Return the beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_CONTEXT else f"{line[:_LONGEST_CONTEXT].rstrip()}\u2026"


def _bullet(example: Example) -> str:
    """Return one example as an item of a list."""
    context = f" ({_escaped(example.context)})" if example.context else ""
    return f"- \u201c{_escaped(' '.join(example.text.split()))}\u201d{context}"


def _escaped(text: str) -> str:
    """Return a text with the signs that mean something in Markdown made plain."""
    return text.translate(_MARKS)
