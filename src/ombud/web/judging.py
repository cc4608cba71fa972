"""What a request may ask of the engine, so that requests of different kinds share one run."""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ombud.case import Case
from ombud.engine import Engine
from ombud.language import detect
from ombud.policy import Decision
from ombud.text import Span


@dataclass(frozen=True, slots=True)
class Question:
    """
    One case, and what is wanted of it, by another engine than the one that serves if it is given.

    `signals` are those whose scores are wanted; `located` are the (signal, attribute) whose
    evidence is wanted too; `judged` asks for the decision, `language` for that of the text.
    """

    case: Case
    signals: frozenset[str] = frozenset()
    located: tuple[tuple[str, str], ...] = ()
    judged: bool = False
    language: bool = False
    engine: Engine | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer to a question: scores by attribute, evidence, and what else was asked for."""

    scores: Mapping[str, float]
    spans: Mapping[str, Sequence[Span]]
    language: str
    decision: Decision | None = None


def weigh(question: Question) -> int:
    """
    Return how much work a question is: the characters of its comment.

    Of an article the models read a bounded part, and remember it.
    """
    return len(question.case.text)


def answer_all(own: Engine, questions: Sequence[Question]) -> list[Judged]:
    """Answer many questions, those that name no engine by `own`."""
    engines = {id(engine): engine for engine in (own, *(q.engine for q in questions)) if engine}
    answers: list[Judged | None] = [None] * len(questions)
    for engine in engines.values():
        places = [n for n, question in enumerate(questions) if (question.engine or own) is engine]
        found = _answered(engine, [questions[place] for place in places])
        for place, judged in zip(places, found, strict=True):
            answers[place] = judged
    return [judged for judged in answers if judged]


def timed(
    answer: Callable[[Sequence[Question]], list[Judged]], tell: Callable[[float], None]
) -> Callable[[Sequence[Question]], list[Judged]]:
    """Return the same with the processor seconds told that each run of it took."""

    def answered(questions: Sequence[Question]) -> list[Judged]:
        begun = time.thread_time()
        try:
            return answer(questions)
        finally:
            tell(time.thread_time() - begun)

    return answered


def _answered(engine: Engine, questions: Sequence[Question]) -> list[Judged]:
    """Answer the questions to one engine; every signal runs once for all that ask for it."""
    asking: defaultdict[str, list[int]] = defaultdict(list)
    for place, question in enumerate(questions):
        for name in question.signals:
            asking[name].append(place)
    scores: list[dict[str, float]] = [{} for _ in questions]
    for name, places in asking.items():
        found = engine.score([questions[place].case for place in places], [name])
        for place, values in zip(places, found, strict=True):
            scores[place].update(values)
    judged = [question.case for question in questions if question.judged]
    decisions = iter(engine.judge_all(judged))
    return [
        Judged(
            scores=values,
            spans={
                attribute: engine.signals[signal].locate(question.case, attribute)
                for signal, attribute in question.located
            },
            language=detect(question.case.text) if question.language else "",
            decision=next(decisions) if question.judged else None,
        )
        for question, values in zip(questions, scores, strict=True)
    ]
