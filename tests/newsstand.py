"""
Pages in the shapes that news sites have, around one made-up article.

`ARTICLE` is what has to be found of each; of `AROUND` nothing.
"""

from html import escape
from typing import Final

TITLE: Final = "Norrvik council votes to rebuild the fish hall"
ARTICLE: Final = tuple(
    """\
The council of Norrvik voted on Tuesday to rebuild the old fish hall, which burned down in \
January, at a cost of 14 million crowns.
Nine members were for the plan and six against it, after a debate of four hours in which traders \
filled the gallery.
“We owe it to the people who have sold their catch there for three generations,” said the mayor, \
Greta Holm.
The opposition wanted to use the site for flats. Its leader, Nils Aker, said the money would be \
missing in the schools.
An engineer of the city told the council that the foundations can be used again, which would save \
about two million crowns.
The hall was built in 1911 and has been listed since 1987. It was empty when the fire began, and \
nobody was hurt.
Police closed their inquiry in March without finding a cause, according to the prosecutor.
Work is to begin in autumn, and the first stalls could open in the spring after next.
""".splitlines()
)
POLICY: Final = tuple(
    """\
We want the comments here to be a place for a civil exchange, so every one is read by our team \
before it appears.
Personal attacks, advertising and links will be removed. We cannot discuss single decisions.
""".splitlines()
)
COMMENTS: Final = tuple(
    """\
Fourteen million for a hall that stands empty half of the year? I would like to know who counted \
the visitors, because I have never seen more than twenty.
My grandmother had a stall there. I am glad that it comes back, and I hope that the rent will be \
such that small boats can pay it.
The flats would have been better for everybody. The council never listens to those who have to \
pay for all of it in the end.
""".splitlines()
)
CAPTION: Final = "Smoke over the harbour on the morning after the fire, seen from the lighthouse."
CREDIT: Final = "Photograph: Ada Berg/Gull Post"
LETTER: Final = (
    "Get the harbour in your inbox: our letter tells you every Friday what the town talks about."
)
BIO: Final = "Ada Berg has written about the harbour since she learnt to row in it."
RELATED: Final = (
    "Why the old lighthouse has to wait for its paint",
    "Ferry to Sandholm sails twice a day from May",
)
AROUND: Final = (*POLICY, *COMMENTS, CAPTION, CREDIT, LETTER, BIO, *RELATED, "Accept all cookies")


def _p(lines: tuple[str, ...], given: str = "") -> list[str]:
    return [f"<p{given}>{escape(line, quote=False)}</p>" for line in lines]


def _whole(body: str, head: str = "", given: str = "") -> str:
    title = f"<title>{TITLE} | Gull Post</title>"
    return (
        f'<!doctype html><html lang="en"{given}><head><meta charset="utf-8">{title}{head}</head>'
        f"<body>{body}</body></html>"
    )


_MENU: Final = (
    '<div class="cookie-banner"><p>We use cookies to make this site better for you.</p>'
    "<button>Accept all cookies</button></div><header><nav><ul>"
    + "".join(
        f'<li><a href="/{name}">{name.title()}</a></li>'
        for name in ("news", "sport", "harbour", "opinion", "weather", "notices")
    )
    + "</ul></nav></header>"
)
_FOOT: Final = (
    '<footer><p>© 2026 Gull Post. All rights reserved. <a href="/terms">Terms</a></p></footer>'
)
_FIGURE: Final = (
    f'<figure><img src="a.jpg" alt=""><figcaption>{CAPTION} <span>{CREDIT}</span></figcaption>'
    "</figure>"
)


def wordpress() -> str:
    """Return what a blog system makes: boxes inside, related posts and comments under it."""
    text = _p(ARTICLE)
    text.insert(
        3,
        f'<div class="wp-block-group newsletter-signup"><h4>The Friday letter</h4><p>{LETTER}</p>'
        '<form><input type="email"><button>Sign up</button></form></div>',
    )
    text.insert(
        6,
        f'<div class="wp-caption"><img src="b.jpg"><p class="wp-caption-text">{CAPTION}</p></div>',
    )
    links = "".join(f'<li><a href="/x">{title}</a></li>' for title in RELATED)
    thread = "".join(
        f'<li class="comment"><div class="comment-author">Reader {number}</div>'
        f'<div class="comment-content"><p>{said}</p></div></li>'
        for number, said in enumerate(COMMENTS)
    )
    return _whole(
        f'{_MENU}<main><article class="post has-comments"><h1 class="entry-title">{TITLE}</h1>'
        f'<div class="entry-meta">By <a href="/ada">Ada Berg</a> · <time datetime="2026-04-14">'
        f'April 14, 2026</time></div>{_FIGURE}<div class="entry-content">{"".join(text)}'
        f'<div class="sharedaddy"><h3>Share this:</h3><ul><li>Mail</li></ul></div>'
        f'<div id="jp-relatedposts"><h3>Related</h3><ul>{links}</ul></div></div></article>'
        f'<div id="comments" class="comments-area"><h2>3 thoughts on “{TITLE}”</h2>'
        f'<ol class="comment-list">{thread}</ol><div class="comment-policy">'
        f"{''.join(_p(POLICY))}</div></div></main>{_FOOT}"
    )


def hashed() -> str:
    """Return classes that say nothing: only what attributes and words say tells the parts apart."""
    text = [
        f'<div class="css-1xv2"><p class="css-9ab">{escape(line)}</p></div>' for line in ARTICLE
    ]
    text.insert(
        2,
        '<div class="css-0a1" data-testid="newsletter-module"><h3 class="css-7">The Friday letter'
        f'</h3><p class="css-9ab">{LETTER}</p></div>',
    )
    text.insert(5, '<div class="css-5" id="story-ad-1"><p>Advertisement</p></div>')
    text.insert(
        7,
        '<div class="css-3" data-testid="related-links"><p class="css-9ab">More on this</p>'
        + "".join(_p(RELATED, ' class="css-9ab"'))
        + "</div>",
    )
    thread = "".join(f'<div class="css-c1"><p class="css-c2">{said}</p></div>' for said in COMMENTS)
    return _whole(
        f'{_MENU}<div id="app"><div class="css-root"><section name="articleBody"><h1>{TITLE}</h1>'
        f'<div class="css-im" data-testid="photoviewer"><figure><img src="a.jpg"><figcaption>'
        f"<span>{CAPTION}</span><span>{CREDIT}</span></figcaption></figure></div>"
        f'{"".join(text)}</section><div class="css-x" data-testid="comments-panel"><h2>Comments 3'
        f'</h2><p class="css-c0">{POLICY[0]} {POLICY[1]}</p>{thread}</div></div></div>{_FOOT}'
    )


def plain_policy() -> str:
    """Return a policy within the container of the article, under a heading, without a class."""
    return _whole(
        f'{_MENU}<div class="content"><h1>{TITLE}</h1><p class="byline">By Ada Berg</p>{_FIGURE}'
        f"{''.join(_p(ARTICLE))}<h3>Gull Post commenting policy</h3>{''.join(_p(POLICY))}"
        f"<h3>Comments</h3>{''.join(_p(COMMENTS))}</div>{_FOOT}"
    )


def asides() -> str:
    """Return rich links between the paragraphs, tags under them, and comments as an island."""
    text = _p(ARTICLE)
    for place, title in zip((2, 5), RELATED, strict=True):
        text.insert(
            place,
            f'<aside class="element-rich-link"><p><span>Related: </span><a href="/x">{title}</a>'
            "</p></aside>",
        )
    picture = f'<figure><img src="b.jpg"><p>{CAPTION}</p></figure>'
    text.insert(4, f'<div class="ad-slot"><p>Advertisement</p></div>{picture}')
    text.append(f'<div class="author-bio"><p>{BIO}</p></div>')
    thread = "".join(
        f'<li id="comment-{number}"><div class="d-comment__body"><p>{said}</p></div></li>'
        for number, said in enumerate(COMMENTS)
    )
    return _whole(
        f'{_MENU}<article><h1>{TITLE}</h1><div class="content__standfirst"><p>Traders cheer as the'
        f' hall is to rise again</p></div>{_FIGURE}<div class="article-body">{"".join(text)}</div>'
        f'<div class="submeta"><p>Topics</p><ul><li><a href="/n">Norrvik</a></li></ul></div>'
        f'</article><section id="comments" class="discussion"><p>{POLICY[0]} {POLICY[1]}</p><ul>'
        f"{thread}</ul></section>{_FOOT}",
        head='<meta property="article:published_time" content="2026-04-14T09:00:00Z">',
    )


def amp() -> str:
    """Return a page for phones, with elements of its own."""
    text = _p(ARTICLE)
    text.insert(
        3,
        f'<amp-ad width="300"></amp-ad><p class="newsletter-box">{LETTER}</p>'
        f'<amp-img src="b.jpg"></amp-img><p class="image-caption">{CAPTION}</p>',
    )
    links = "".join(f'<p><a href="/x">{title}</a></p>' for title in RELATED)
    return _whole(
        f'{_MENU}<article class="amp-wp-article"><h1>{TITLE}</h1>{_FIGURE}'
        f'<div class="amp-wp-article-content">{"".join(text)}</div><div class="related-articles">'
        f"<h3>Read next</h3>{links}</div></article>{_FOOT}",
        given=" amp",
    )


def old_table() -> str:
    """Return a page of the nineties: tables, breaks for paragraphs, a caption in small print."""
    text = "<br><br>\n".join(escape(line, quote=False) for line in ARTICLE)
    links = "<br>".join(f'<a href="/x">{title}</a>' for title in RELATED)
    return (
        f"<html><head><title>{TITLE}</title></head><body bgcolor=white><table><tr><td width=120>"
        f'<a href="/">Home</a><br><a href="/s">Sport</a><br>{links}</td><td><font size=5>{TITLE}'
        f"</font><br><table align=right><tr><td><img src=a.jpg><br><font size=1>{CAPTION}</font>"
        f"</td></tr></table><br>{text}</td></tr><tr><td colspan=2><font size=1>© 2026 Gull Post. "
        "All rights reserved.</font></td></tr></table></body></html>"
    )


def long_thread() -> str:
    """Return more words of readers than of the article, in boxes that look like its paragraphs."""
    thread = "".join(
        f'<div class="card" id="c{number}"><h4>Reader {number}</h4><p>{said}</p>'
        '<p><a href="#">Reply</a> · <a href="#">Report</a></p></div>'
        for number, said in enumerate(COMMENTS * 12)
    )
    return _whole(
        f'{_MENU}<div class="page"><div class="story"><h1>{TITLE}</h1>{_FIGURE}'
        f'{"".join(_p(ARTICLE))}</div><div class="community" id="coral_thread"><h2>36 comments</h2>'
        f"{''.join(_p(POLICY))}{thread}</div></div>{_FOOT}"
    )


SHAPES: Final = {
    one.__name__: one
    for one in (wordpress, hashed, plain_policy, asides, amp, old_table, long_thread)
}


def live_blog() -> str:
    """Return entries with a time each, the newest first."""
    posts = "".join(
        f'<div class="live-post"><time datetime="2026-04-14T{20 - n}:10Z">{20 - n}:10</time>'
        f"<h3>Update {8 - n}</h3><p>{escape(line, quote=False)}</p></div>"
        for n, line in enumerate(reversed(ARTICLE))
    )
    return _whole(f"{_MENU}<main><h1>{TITLE}</h1>{posts}</main>{_FOOT}")


def paywall() -> str:
    """Return two paragraphs, and what it costs to read the others."""
    offer = (
        '<div class="paywall"><h2>Subscribe to continue reading</h2><p>Already a subscriber? Sign'
        " in. Read everything for one crown in the first month, and cancel when you like.</p></div>"
    )
    article = "".join(_p(ARTICLE[:2]))
    return _whole(f"{_MENU}<article><h1>{TITLE}</h1>{article}{offer}</article>{_FOOT}")


def front() -> str:
    """Return no article: the front of a site, with teasers."""
    teasers = "".join(
        f'<div class="teaser"><h3><a href="/{n}">{title}</a></h3><p>{title}, and more</p></div>'
        for n, title in enumerate(RELATED * 8)
    )
    return _whole(f"{_MENU}<main><h1>Gull Post</h1>{teasers}</main>{_FOOT}")
