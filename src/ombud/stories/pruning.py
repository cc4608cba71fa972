"""
What stands around an article in the tree of a page, cut off by what its elements are called.

Sites name their boxes for themselves, in classes, ids and other attributes: a box is told by the
words of these names.
"""

from typing import TYPE_CHECKING, Final, TypeAlias

import re2

from ombud.stories.zones import boxes, ends

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    Tree: TypeAlias = HtmlElement

_CALLED: Final = (
    "class",
    "id",
    "data-testid",
    "data-test",
    "data-component",
    "data-module",
    "role",
)
_WORD: Final = re2.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_BOXES: Final = frozenset(
    "comment comments commentlist disqus coral discussion replies respond newsletter newsletters"
    " signup related recirculation recirc recommended recommendations"
    " trending popular outbrain taboola advert advertisement advertisements sponsored promo promos"
    " ad ads caption captions figcaption photoviewer gallery slideshow carousel lightbox credit"
    " credits share sharing sharedaddy social bio sidebar guidelines disclaimer cookie cookies"
    " consent gdpr breadcrumb breadcrumbs".split()
)
"""A word of a name that says what an element is."""
_THREADS: Final = frozenset("comment comments commentlist disqus coral discussion replies".split())
"""Those that may hold more words than the article."""
_NOT: Final = frozenset("has no with without count counts open enabled allow show toggle".split())
"""A word before or after which the name says something about comments, and is no thread of them."""
_NEVER: Final = frozenset("html body main article h1".split())
_ALWAYS: Final = frozenset("figure aside form nav footer".split())
_OFFERS: Final = ("subscribe", "sign up")
"""What a paywall says; it shows that an article is cut short."""
_SMALL_PRINT: Final = ("1", "-2")
"""Sizes of `font`, in which old pages print what stands under pictures."""
_HOLDS_ARTICLE: Final = "boolean(.//h1 | .//article | .//*[@itemprop='articleBody'])"


def prune(tree: "Tree") -> None:
    """
    Cut off what is called a box or stands under a heading of comments or of a policy.

    What holds most of a page's text is no box, unless readers wrote it.
    """
    written = _written(tree)
    for element in list(tree.iter("*")):
        if element.getparent() is None or not isinstance(element.tag, str):
            continue
        if not _is_box(element) or element.xpath(_HOLDS_ARTICLE):
            continue
        if 2 * _written(element) <= written or _called(element, _THREADS):
            element.drop_tree()
    _cut_under_headings(tree, written)


def _cut_under_headings(tree: "Tree", written: int) -> None:
    """Cut off what stands under a heading of comments, of a policy, or of other articles."""
    for heading in list(tree.iter("h2", "h3", "h4", "h5", "h6")):
        if tree not in heading.iterancestors():
            continue  # It is cut off already.
        line = " ".join(heading.text_content().split())
        if ends(line):
            _cut_from(heading)
        elif boxes(line) and not line.lower().startswith(_OFFERS):
            _cut_box(heading, written)


def _cut_from(heading: "Tree") -> None:
    """Cut a heading off with what stands under it; the article itself stays."""
    head = heading
    while (parent := head.getparent()) is not None and parent.tag != "body":
        if parent[0] is not head or (parent.text or "").strip() or parent.xpath(_HOLDS_ARTICLE):
            break
        head = parent
    for under in list(head.itersiblings()):
        if under.tag == "h1" or under.xpath(_HOLDS_ARTICLE):
            break
        under.drop_tree()
    head.drop_tree()


def _cut_box(heading: "Tree", written: int) -> None:
    """Cut off a box that its heading opens, if it is an element of its own and no large one."""
    box = heading.getparent()
    if box is None or box.tag in _NEVER or box[0] is not heading or box.xpath(_HOLDS_ARTICLE):
        return
    if 2 * _written(box) <= written:
        box.drop_tree()


def _is_box(element: "Tree") -> bool:
    """Whether an element is a box by its tag or by a name of its own."""
    if element.tag in _NEVER or element.get("itemprop") == "articleBody":
        return False
    small = element.tag == "font" and element.get("size") in _SMALL_PRINT
    if element.tag in _ALWAYS or small or element.get("hidden") is not None:
        return True
    return _called(element, _BOXES)


def _called(element: "Tree", words: frozenset[str]) -> bool:
    """Whether a name of an element, such as "wp-caption-text" or "CommentList", has such a word."""
    names = (name for key in _CALLED for name in element.get(key, "").split())
    parts = ({word.lower() for word in _WORD.findall(name)} for name in names)
    return any(not found.isdisjoint(words) and found.isdisjoint(_NOT) for found in parts)


def _written(element: "Tree") -> int:
    """Return how many characters the paragraphs in an element have."""
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))
