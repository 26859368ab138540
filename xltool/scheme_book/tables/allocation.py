"""分法：分值随填报而定的，选了哪一种，各个三级指标是多少分。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.scheme_book.table import Column, Kind, Table
from xltool.scheme_book.tables.basics import VALUE, allocation_row
from xltool.scheme_book.words import ORIGIN_HELP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme
    from xltool.scheme_book.draft import Data, Draft
    from xltool.scheme_book.table import Row

WORD, TITLE, OWN, CHECK = "word", "indicator_title", "own", "check"

TABLE: Final = Table(
    key="allocation",
    name="分法",
    title="分值的分法",
    note="分值不随填报而定的，整张表空着。一种分法里一个指标一行，次序与选项相同；没有列的指标分值不变，每种分法都要合计满分。",
    purpose="有几种分法的表，改分值时改",
    label="option",
    columns=(
        Column(
            key="option",
            heading="分法",
            width=20,
            kind=Kind.KEY,
            required=True,
            fixed=True,
            help="选项的标识，见“选项”。",
        ),
        Column(key=WORD, heading="选项", width=34, kind=Kind.AUTO),
        Column(
            key="code",
            heading="编码",
            width=8,
            kind=Kind.CODE,
            fixed=True,
            pick="indicators.code",
            parent="indicators.code",
            help="哪个三级指标，写它的编码。",
        ),
        Column(key=TITLE, heading="三级指标", width=26, kind=Kind.AUTO),
        Column(key="points", heading="分值", width=9, kind=Kind.NUMBER, help="这种分法里的分值。"),
        Column(key=OWN, heading="指标体系的分值", width=11, kind=Kind.AUTO),
        Column(
            key="origin",
            heading="来源",
            width=44,
            kind=Kind.ORIGIN,
            help=f"同一种分法写在第一行即可；{ORIGIN_HELP}。",
        ),
        Column(key=CHECK, heading="核对", width=12, kind=Kind.AUTO),
    ),
    spare=12,
    unique=(("option", "code"),),
    blank=True,
)


def rows(scheme: Scheme) -> Iterator[Row]:
    """各种分法，一个指标一行。"""
    allocation = scheme.allocation
    if allocation is None:
        return
    field = scheme.field(allocation.field)
    words = {option.key: option.value for option in scheme.options[field.options].options}
    listed = [item for item in scheme.indicators if item.code in allocation.codes]
    for option in allocation.options:
        for indicator in listed:
            parameter = scheme.parameters[allocation.parameter(indicator.code, option)]
            yield {
                "option": option,
                WORD: words.get(option, ""),
                "code": indicator.code,
                TITLE: indicator.title,
                "points": parameter.value,
                OWN: indicator.points,
                "origin": parameter.origin,
            }


def fill(draft: Draft) -> None:
    """各种分法；同一种分法的来源取写了的第一个。"""
    row = allocation_row(draft)
    cases: list[Data] = []
    for option, group in draft.groups(TABLE.key, "option").items():
        paths = (f"allocation.cases[{len(cases) + 1}]", f"allocation.cases.{option}")
        draft.mark_row(paths, group[0], "points")
        points: Data = {}
        for one in group:
            code = one.text("code")
            if code:
                points[code] = one.amount("points")
                for path in paths:
                    draft.mark(f"{path}.points.{code}", one.place("points"))
        origin = next((one.text("origin") for one in group if one.text("origin")), "")
        cases.append({"option": option, "points": points, "origin": origin})
    if row is not None:
        draft.mark("allocation.field", row.place(VALUE))
    draft.mark_head("allocation", TABLE.key, "option")
    draft.mark_head("allocation.cases", TABLE.key, "option")
    if row is not None or cases:
        field = {"field": row.text(VALUE)} if row is not None else {}
        draft.data["allocation"] = field | {"cases": cases}
