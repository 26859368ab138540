"""各级单位、下级复核意见：本级的和并入的各本下级汇总的，各写着在哪一本、哪一格、由哪一份报送而来。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.lower import books_in, level_name
from xltool.collection.lower_tables import LEVELS, OPINIONS
from xltool.consolidated.by_key import link_by, shown_by
from xltool.consolidated.columns import Column, count, points
from xltool.consolidated.register import Register
from xltool.consolidated.source import ABOUT
from xltool.form.status import MISMATCH
from xltool.sheets.plan import Formula, NumberFormat, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from xltool.collection.lower import LowerBook, LowerUnit, LowerVerdict
    from xltool.collection.model import Collection, Unit
    from xltool.consolidated.columns import Item
    from xltool.consolidated.part import Part
    from xltool.consolidated.summary_formulas import Line
    from xltool.sheets.plan import Content, SheetPlan

UNITS, VERDICTS = LEVELS.name, OPINIONS.name


class Own(NamedTuple):
    """本级的一行：在哪一张汇总，凭单位序号去找；得分、等级引用它，复核以后随之变。"""

    register: Register[Line]
    item: Item[Line]

    def result(self, key: str) -> Decimal | str:
        """那一栏写出时的值。"""
        column = next(one for one in self.register.columns if one.key == key)
        value = column.data(self.item)
        return value if isinstance(value, Decimal | str) else ""


class Row(NamedTuple):
    """各级单位的一行：本级的 `own` 是它在汇总里的一行，下级的 `lower` 是它在下级汇总里的一行。"""

    level: int
    through: str
    form: str
    own: Own | None
    lower: LowerUnit | None

    @property
    def unit(self) -> Unit | None:
        """本级的单位。"""
        return self.own.item.value.unit if self.own else None

    @property
    def score(self) -> Decimal | None:
        """复核得分，名次照它排；本级的是公式的结果。"""
        if self.lower is not None:
            return self.lower.reviewed
        result = self.own.result("reviewed") if self.own else ""
        return result if isinstance(result, Decimal) else None


def lower_sheets(
    collection: Collection, parts: Sequence[Part], version: str
) -> Iterator[SheetPlan]:
    """有下级汇总的才有这两张；一种表先后的版面各有汇总的，也有前一张：名次合在一起看。"""
    if collection.lower or any(len(part.family) > 1 for part in parts):
        yield units(collection, parts, version).plan()
    if any(book.verdicts for book in collection.lower):
        yield verdicts(collection, version).plan()


def _rows(collection: Collection, parts: Sequence[Part]) -> Iterator[Row]:
    own = [
        Row(0, "", part.source.scheme.variant, Own(part.summed, item), None)
        for part in parts
        for item in part.summed.lines()
    ]
    yield from sorted(own, key=lambda row: row.own.item.value.number if row.own else 0)
    for book in collection.lower:
        for unit in book.units:
            through = book.through(unit.beneath)
            yield Row(1 + len(unit.beneath), through, unit.form, None, unit)


def units(collection: Collection, parts: Sequence[Part], version: str) -> Register[tuple[int, Row]]:
    """各级单位。"""
    rows = tuple(enumerate(_rows(collection, parts), 1))
    scores = [(row.form, row.score) for _, row in rows if row.score is not None]
    columns: tuple[Column[tuple[int, Row]], ...] = (
        count("number", "序号", 5, lambda i: i.value[0]),
        Column("level", "层级", 7, lambda i: level_name(i.value[1].level), centered=True),
        Column("through", "来源汇总", 26, lambda i: i.value[1].through, tall=True),
        Column("code", "预算编码", 10, lambda i: _of(i, "code"), NumberFormat.TEXT),
        Column("name", "单位名称", 22, lambda i: _of(i, "department"), tall=True),
        Column("project", "项目名称", 20, lambda i: _of(i, "project"), tall=True),
        Column("form", "表种", 11, lambda i: i.value[1].form, tall=True),
        Column("status", "报送状态", 9, _status, centered=True),
        points("self_total", "自评得分", lambda i: _of(i, "self_total")),
        points("total", "系统得分", lambda i: _live(i, "total")),
        Column("grade", "系统等级", 9, lambda i: _live(i, "grade"), centered=True),
        points("reviewed", "复核得分", lambda i: _live(i, "reviewed")),
        count("rank", "名次", 7, lambda i: _rank(i, scores)),
        Column("match", "核对", 8, _match, role=_match_role),
        Column("where", "得分所在", 34, _where, tall=True, role=_where_role),
        Column("file", "报送文件", 34, lambda i: _of(i, "file"), tall=True),
        Column("sha256", "报送的指纹（SHA-256）", 36, _digest(collection), tall=True),
        Column("own", "单位序号", 9, _own_number, hidden=True),
    )
    return Register(
        name=UNITS,
        title="各级单位得分",
        note="本级的在前，得分随汇总变；下级的照下级汇总里的数，得分所在写着哪一本的哪一格。"
        "名次照复核得分在同一种表里排，并列的同名次。",
        columns=columns,
        items=rows,
        count=len(rows),
        home=ABOUT,
        version=version,
        frozen="name",
        printed="match",
    )


def _of(item: Item[tuple[int, Row]], name: str) -> Content:
    """本级的单位和下级的单位叫法相同的一项。"""
    row = item.value[1]
    value: Content = getattr(row.lower or row.unit, name)
    return value


def _status(item: Item[tuple[int, Row]]) -> str:
    row = item.value[1]
    if row.lower is not None:
        return row.lower.status
    return row.unit.status.label if row.unit else ""


def _own_number(item: Item[tuple[int, Row]]) -> int | None:
    """本级的凭它在汇总里找；下级的没有。"""
    own = item.value[1].own
    return own.item.value.number if own else None


def _live(item: Item[tuple[int, Row]], key: str) -> Content:
    """下级的是数；本级的引用汇总里它那一行。"""
    row = item.value[1]
    if row.own is not None:
        wanted = "no", item.at("own")
        return shown_by(row.own.register, wanted, key, row.own.result(key))
    value: Content = getattr(row.lower, key)
    return value


def _rank(item: Item[tuple[int, Row]], scores: Sequence[tuple[str, Decimal | None]]) -> Formula:
    """在同一种表里的名次。"""
    row, own = item.value[1], item.at("reviewed")
    higher = f'COUNTIFS({item.every("form")},{item.at("form")},{item.every("reviewed")},">"&{own})'
    score = row.score
    rank: int | str = ""
    if score is not None:
        better = (other for form, other in scores if form == row.form and other is not None)
        rank = 1 + sum(other > score for other in better)
    return Formula(f'IF(ISNUMBER({own}),{higher}+1,"")', rank)


def _match(item: Item[tuple[int, Row]]) -> str:
    lower = item.value[1].lower
    return lower.match if lower else ""


def _match_role(value: tuple[int, Row]) -> Role:
    lower = value[1].lower
    return Role.ERROR if lower and lower.match == MISMATCH else Role.BODY_CENTER


def _where(item: Item[tuple[int, Row]]) -> Content:
    """得分在哪一格：本级的是链接，下级的写着哪一本。"""
    row = item.value[1]
    if row.own is not None:
        return link_by(row.own.register, ("no", item.at("own")), row.own.item, "total")
    book = books_in(row.through)[0]
    return f"{book} {row.lower.place}" if row.lower else book


def _where_role(value: tuple[int, Row]) -> Role:
    return Role.LINK if value[1].own else Role.BODY


def _digest(collection: Collection) -> Callable[[Item[tuple[int, Row]]], Content]:
    """报送文件的指纹。"""
    digests = {file.file: file.sha256 for file in collection.files}

    def content(item: Item[tuple[int, Row]]) -> Content:
        row = item.value[1]
        if row.lower is not None:
            return row.lower.sha256
        return digests.get(row.unit.file, "") if row.unit else ""

    return content


def verdicts(collection: Collection, version: str) -> Register[tuple[LowerBook, LowerVerdict]]:
    """下级复核意见：一行一条，照下级所填。"""
    rows = tuple((book, verdict) for book in collection.lower for verdict in book.verdicts)
    columns: tuple[Column[tuple[LowerBook, LowerVerdict]], ...] = (
        Column("level", "层级", 7, lambda i: level_name(1 + len(i.value[1].beneath))),
        Column(
            "through", "来源汇总", 22, lambda i: i.value[0].through(i.value[1].beneath), tall=True
        ),
        Column("name", "单位", 20, lambda i: i.value[1].unit, tall=True),
        Column(
            "about", OPINIONS.headings["about"][0], 8, lambda i: i.value[1].about, centered=True
        ),
        Column("where", "位置", 16, lambda i: i.value[1].where, tall=True),
        Column("fact", "事实", 38, lambda i: i.value[1].fact, tall=True),
        Column("verdict", "复核意见", 9, lambda i: i.value[1].verdict, tall=True),
        Column("points", "复核得分或调整（分）", 9, lambda i: i.value[1].points, centered=True),
        Column("reason", "理由", 26, lambda i: i.value[1].reason, tall=True),
        Column("reviewer", "复核人", 9, lambda i: i.value[1].reviewer, tall=True),
        Column("day", "复核日期", 11, lambda i: i.value[1].day, centered=True),
        Column(
            "place", "意见所在", 34, lambda i: f"{i.value[0].file} {i.value[1].place}", tall=True
        ),
    )
    return Register(
        name=VERDICTS,
        title="下级的复核意见",
        note="照下级在汇总里所填，一字不改；意见所在写着哪一本的哪一格。",
        columns=columns,
        items=rows,
        count=len(rows),
        home=ABOUT,
        version=version,
        frozen="name",
        printed="day",
    )
