"""What Coral is told, and what is read of its comments."""

from itertools import chain, combinations

import pytest
from phase import taken
from writing import decided, found

from ombud.policy import Action, Finding
from ombud.rules import house_rules
from ombud.text import Span
from ombud.web.coral_reply import reply
from ombud.web.coral_text import plain

TEXT = "This is what somebody wrote."
RULES = [rule.id for rule in house_rules()]
ACTIONS = [Action.HOLD, Action.DELETE]


@pytest.mark.parametrize("url", ["", "/policy", "https://post.example/policy"])
@pytest.mark.parametrize("automatic", [True, False])
def test_coral_takes_every_reply(url: str, automatic: bool) -> None:  # noqa: FBT001
    """No null, no empty text, no empty list, no unknown word, for whatever is found."""
    single = [found(rule, action, 0.9) for rule in RULES for action in ACTIONS]
    for findings in chain(((),), ((one,) for one in single), combinations(single, 2)):
        taken(reply(TEXT, decided(*findings), automatic=automatic, policy_url=url))


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("personal_attack", "ABUSIVE"),
        ("threat", "ABUSIVE"),
        ("hate", "HATE_SPEECH"),
        ("profanity", "OFFENSIVE"),
        ("vulgarity", "OFFENSIVE"),
        ("obscenity", "OFFENSIVE"),
        ("promotion", "AD"),
        ("off_topic", "IRRELEVANT_CONTENT"),
        ("policy_talk", "IRRELEVANT_CONTENT"),
        ("repetition", "IRRELEVANT_CONTENT"),
    ],
)
def test_a_clause_has_its_code(rule: str, code: str) -> None:
    """Coral's own word is used where it has one that fits."""
    assert reason(found(rule, Action.DELETE))["code"] == code


@pytest.mark.parametrize("rule", ["shouting", "impersonation", "links", "personal_data", "length"])
def test_a_clause_without_a_code_has_its_own_name(rule: str) -> None:
    """It is Coral's "other", with the title of the paper's clause."""
    finding = found(rule, Action.DELETE)
    given = reason(finding)

    assert (given["code"], given["customReason"]) == ("OTHER", finding.clause.rstrip("."))


def reason(*findings: Finding) -> dict[str, str]:
    """Return why a comment is rejected."""
    said = reply(TEXT, decided(*findings), automatic=True, policy_url="")
    rejected: dict[str, dict[str, str]] = said["moderationAction"]  # type: ignore[assignment]
    return rejected["rejectionReason"]


def test_the_explanation_cites_every_clause_once() -> None:
    """The surest comes first; what only holds is not cited, nor a clause twice."""
    said = reason(
        found("links", Action.HOLD, 1.0),
        at("vulgarity", 0, 4, 0.91),
        at("profanity", 5, 7, 0.95),
        at("profanity", 8, 12, 0.99),
        at("obscenity", 27, 28, 0.92),
    )["detailedExplanation"]

    assert said.startswith(
        'No profanity: "what" (characters 9 to 12).'
        ' No obscenity: "." (character 28).'
        ' No vulgarity: "This" (characters 1 to 4). You may'
    )
    assert "links" not in said


def at(rule: str, begin: int, end: int, certainty: float) -> Finding:
    """Return what a rule found at a place."""
    finding = found(rule, Action.DELETE, certainty)
    return Finding("", certainty, Span(begin, end), rule, finding.clause, Action.DELETE)


def test_a_long_quotation_is_cut_and_a_whole_comment_not_repeated() -> None:
    """The explanation stays short, whatever was written."""
    long = f"{'word ' * 500}end"
    whole = [at("profanity", 0, len(long), 1.0)]
    part = [at("profanity", 5, len(long), 1.0)]
    texts = []
    for findings in (whole, part, [at("profanity", 3, 3, 1.0)]):
        said = reply(long, decided(*findings), automatic=True, policy_url="/policy")
        rejected: dict[str, dict[str, str]] = said["moderationAction"]  # type: ignore[assignment]
        texts.append(rejected["rejectionReason"]["detailedExplanation"])

    assert [text.startswith("No profanity (the whole comment). You") for text in texts] == [
        True,
        False,
        True,
    ]
    assert "word word…" in texts[1].replace("word …", "word…")
    assert "(characters 6 to 2503)" in texts[1]
    assert len(texts[1]) < 500
    # A path would lead to the paper's own site.
    assert "/policy" not in "".join(texts)


@pytest.mark.parametrize("action", ACTIONS)
def test_whoever_reports_an_error_is_heard(action: Action) -> None:
    """A report of an error is never rejected unread, whatever else the comment breaks."""
    findings = (found("correction_request"), found("profanity", action, 0.95))

    assert reply(TEXT, decided(*findings), automatic=True, policy_url="") == {
        "status": "PREMOD",
        "actions": [{"actionType": "FLAG", "reason": "COMMENT_DETECTED_TOXIC"}],
    }


def test_spam_is_flagged_as_such() -> None:
    """A moderator sees in Coral what kind of comment it is."""
    said = reply(TEXT, decided(found("promotion")), automatic=True, policy_url="")

    assert said["actions"] == [{"actionType": "FLAG", "reason": "COMMENT_DETECTED_SPAM"}]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Plain, as it is: 5 < 6 & 7 > 3", "Plain, as it is: 5 < 6 & 7 > 3"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<div>One</div><div><br></div><div>Two<br/>Three</div>", "One\n\nTwo\nThree"),
        ("<p>One</p><ul><li>Two</li><li>Three</li></ul>", "One\nTwo\nThree"),
        ("f<b>u</b>c<EM>k</EM>", "fuck"),
        ("&lt;b&gt; Tom &amp; J&eacute;r&#244;me&nbsp;", "<b> Tom & Jérôme"),
        (
            '<a href="https://shop.example/?a=1&amp;b=2">here</a>',
            "here https://shop.example/?a=1&b=2",
        ),
        (
            '<a href="http://a.example/" target="_blank" rel="nofollow noopener">a.example</a>!',
            "a.example!",
        ),
        ("<a href='mailto:a@b.example'>A@b.example</a>", "A@b.example"),
        ("<a href=https://a.example>one<a href=https://b.example>two", None),
        ('<span class="coral-rte-spoiler">hidden</span>', "hidden"),
        ("<b title='rude words'>x</b>", "rude words x"),
    ],
)
def test_a_comment_is_read_as_it_reads(body: str, text: str | None) -> None:
    """Tags are no text, blocks are lines, entities are signs, and links say where they lead."""
    if text is None:
        text = "one https://a.example two https://b.example"
    assert plain(body) == text


@pytest.mark.parametrize(
    "body",
    [
        "Nice <you filthy liars",
        "<!-- filthy liars -->",
        "<script>filthy liars</script>",
        '<b onclick="filthy liars">x</b>',
        '<span class="filthy liars">x</span>',
        "<b filthy liars>x",
        "</b filthy liars>",
        "<![CDATA[filthy liars]]>",
        "<?filthy liars?>",
        "<!DOCTYPE filthy liars",
        '<a href="filthy liars',
        "<filthy liars>",
        "<style>filthy liars</style>",
    ],
)
def test_nothing_that_looks_like_a_tag_is_kept_from_the_rules(body: str) -> None:
    """In plain text a reader sees it as it is written, so it is judged as it is written."""
    assert "filthy liars" in plain(body)
