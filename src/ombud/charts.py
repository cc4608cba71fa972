"""
The charts of the models' card, and the card as a page: one file that needs nothing else.

Charts come with `pip install "ombud[report]"`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from jinja2 import Environment, PackageLoader

from ombud.errors import InvalidInputError
from ombud.modelcard import Section

try:
    import altair as alt
    import vl_convert
except ImportError as error:
    _MISSING = f"charts need `pip install 'ombud[report]'` ({error})"
    raise InvalidInputError(_MISSING) from error

_WIDTH: Final = 420
_COLOUR: Final = "#2b5c8a"


def page(parts: Sequence[Section], measured: Mapping[str, Any]) -> str:
    """Return the card as an HTML page, with a chart where a section has one."""
    drawn = {part.chart: svg(_CHARTS[part.chart](measured)) for part in parts if part.chart}
    templates = Environment(loader=PackageLoader("ombud"), autoescape=True, trim_blocks=True)
    return templates.get_template("card.html").render(parts=parts, charts=drawn)


def svg(chart: alt.TopLevelMixin) -> str:
    """Return a chart as an SVG image."""
    return str(vl_convert.vegalite_to_svg(chart.to_dict()))


def sources(measured: Mapping[str, Any]) -> alt.TopLevelMixin:
    """Draw the AUC of each source and attribute with its interval."""
    rows = [
        {**row, "name": f"{row['source']}: {row['attribute']}"}
        for row in measured["toxicity"]["sources"]
    ]
    where = alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=320))
    base = alt.Chart(alt.Data(values=rows)).encode(y=where)
    bars = base.mark_rule(color=_COLOUR).encode(
        x=alt.X("low:Q", title="AUC, 95 %", scale=alt.Scale(zero=False)), x2="high:Q"
    )
    return (bars + base.mark_point(color=_COLOUR, filled=True).encode(x="auc:Q")).properties(
        width=_WIDTH
    )


def reliability(measured: Mapping[str, Any]) -> alt.TopLevelMixin:
    """Draw for each attribute the share of positives against the score."""
    rows = [
        {**part, "attribute": name}
        for name, row in measured["toxicity"]["reliability"].items()
        for part in row["bins"]
    ]
    scale = alt.Scale(domain=[0, 1])
    said = alt.X("said:Q", title="mean score", scale=scale)
    seen = alt.Y("seen:Q", title="share that raters called so", scale=scale)
    curves = alt.Chart(alt.Data(values=rows)).mark_line(point=True, color=_COLOUR)
    side = _WIDTH // 3
    return (
        curves.encode(x=said, y=seen)
        .properties(width=side, height=side)
        .facet(facet=alt.Facet("attribute:N", title=None), columns=3)
    )


def evasion(measured: Mapping[str, Any]) -> alt.TopLevelMixin:
    """Draw what is still found in each disguise."""
    rows = [{"name": n, "share": s} for n, s in measured["evasion"]["shares"].items()]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_bar(color=_COLOUR)
        .encode(
            x=alt.X("share:Q", title="still found", axis=alt.Axis(format="%")),
            y=alt.Y("name:N", title=None, sort=None),
        )
        .properties(width=_WIDTH)
    )


def identities(measured: Mapping[str, Any]) -> alt.TopLevelMixin:
    """Draw the areas of each group."""
    rows = [
        {"group": row["group"], "measure": name.upper(), "auc": row[name]}
        for row in measured["identities"]
        for name in ("bpsn", "bnsp")
    ]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_point(filled=True)
        .encode(
            x=alt.X("auc:Q", title="AUC", scale=alt.Scale(zero=False)),
            y=alt.Y("group:N", title=None),
            color=alt.Color("measure:N", title=None),
        )
        .properties(width=_WIDTH)
    )


def cascade(measured: Mapping[str, Any]) -> alt.TopLevelMixin:
    """Draw the mean AUC by the share that the encoder reads."""
    return (
        alt.Chart(alt.Data(values=measured["cascade"]["curve"]))
        .mark_line(point=True, color=_COLOUR)
        .encode(
            x=alt.X("share:Q", title="read by the encoder", axis=alt.Axis(format="%")),
            y=alt.Y("auc:Q", title="mean AUC", scale=alt.Scale(zero=False)),
        )
        .properties(width=_WIDTH)
    )


_CHARTS: Final[Mapping[str, Callable[[Mapping[str, Any]], alt.TopLevelMixin]]] = {
    chart.__name__: chart for chart in (sources, reliability, evasion, identities, cascade)
}
