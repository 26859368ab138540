"""一份报送在同一批里比什么：自评分数、是不是项项满分、写的长文字；以及整批的平均数和离散程度。"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.allocation import points_of
from xltool.facts.self_scores import SELF_TOTAL, self_scores
from xltool.scheme.key import VALUE
from xltool.scheme.model import FieldKind, SheetKind
from xltool.scheme.thresholds import Threshold
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.address import Place
    from xltool.facts.statements import Statement
    from xltool.facts.view import Facts
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme

LENGTH = Threshold(
    "S06.length", "多少字以上的文字才比是否雷同", Decimal(30), "字", "假设：短句本来就容易相同"
)
SIMILARITY = Threshold(
    "S06.similarity",
    "文字相似到几成算雷同",
    Decimal("0.9"),
    "%",
    "重建：评价机构复核口径，照抄模板只改个别字",
)
SIGMAS = Threshold(
    "S06.sigmas",
    "高出同批平均数几个标准差算远高于同批",
    Decimal(2),
    "个",
    "假设：两个标准差以外约占百分之二",
)
UNITS = Threshold(
    "S06.units", "至少几份才与同批比", Decimal(5), "份", "假设：份数太少，平均数没有意义"
)
_COVER, _EVIDENCE = "cover", "evidence"
_MOST = 2000  # 只比前这么多字：再长的不会只在后面才不同


class TypedText(NamedTuple):
    """一段写得够长的话：在哪一格（写回后的格名和报送文件里的位置）、折叠过的文字。"""

    key: CellKey
    place: Place | None
    text: str


class ToldFigure(NamedTuple):
    """自评报告里的一个数：接上的哪一行，事项、数、单位，在哪一句，原句。"""

    row: str
    topic: str
    figure: str
    unit: str
    place: str
    quote: str


class PeerRecord(NamedTuple):
    """一份报送拿去和同批比的：自评分数和它的位置、各行是不是都是满分、各段长文字。

    `statements` 是单位对与同批比出的问题写的说明，`told` 是随表的自评报告里的各个数。
    """

    total: Decimal | None
    place: Place | None
    full: bool
    texts: tuple[TypedText, ...]
    statements: tuple[Statement, ...] = ()
    told: tuple[ToldFigure, ...] = ()


class Spread(NamedTuple):
    """同一种表的一批自评分数：几份、平均、标准差。"""

    size: int
    mean: Decimal
    deviation: Decimal


class Similarity(NamedTuple):
    """与别的单位雷同：第一处在哪一格、与谁、是不是一字不差、共几处。"""

    key: CellKey
    other: str
    same: bool
    places: int


class Sums(NamedTuple):
    """一笔钱在一张表上：名称，安排（全年预算）数、支出（执行）数；不知道或不能比的为空。"""

    name: str
    planned: Decimal | None
    paid: Decimal | None


class Peers(NamedTuple):
    """同批其他单位的情况：自评分数的分布，有没有与谁雷同；同一部门报来的各个项目的钱。"""

    spread: Spread
    similarity: Similarity | None = None
    projects: Mapping[str, Sums] = MappingProxyType({})


def peer_record_of(facts: Facts) -> PeerRecord:
    """一份报送的。"""
    return PeerRecord(
        total=facts.number(SELF_TOTAL),
        place=facts.place(SELF_TOTAL),
        full=all_full(facts),
        texts=tuple(_texts(facts)),
    )


def all_full(facts: Facts) -> bool:
    """评分表每一行都填了自评得分，而且都是满分。"""
    scored = self_scores(facts)
    indicators = facts.scheme.indicators
    return len(scored) == len(indicators) and all(
        score == points_of(facts, facts.scheme.indicator(record.row)) for record, score in scored
    )


def spread_of(totals: Iterable[Decimal]) -> Spread:
    """一批分数的平均数和标准差（按总体算）。"""
    listed = tuple(totals)
    if not listed:
        return Spread(0, Decimal(0), Decimal(0))
    mean = sum(listed, Decimal(0)) / len(listed)
    variance = sum(((one - mean) ** 2 for one in listed), Decimal(0)) / len(listed)
    return Spread(len(listed), mean, variance.sqrt())


def _texts(facts: Facts) -> Iterator[TypedText]:
    """封面、材料名称、各行的名称以外，写得够长的文字。"""
    least = int(LENGTH.of(facts.scheme))
    wanted = _narrative(facts.scheme)
    numbers = {
        (sheet, row): str(number)
        for sheet, rows in facts.submission.records.items()
        for number, row in enumerate(rows, 1)
    }
    for key, entry in facts.submission.entries.items():
        column = key.row if key.column == VALUE else key.column
        if (key.sheet, column) in wanted and len(entry.raw) >= least:
            text = _folded(entry.raw)
            if len(text) >= least:
                row = numbers.get((key.sheet, key.row), key.row)
                yield TypedText(key._replace(row=row), facts.place(key), text)


@lru_cache(maxsize=16)
def _narrative(scheme: Scheme) -> frozenset[tuple[str, str]]:
    """哪些栏、哪些项写的是话。"""
    return frozenset(
        (sheet.key, field.key)
        for sheet in scheme.sheets
        if sheet.key != _COVER
        for field in (*sheet.fields, *sheet.extras)
        if field.kind is FieldKind.TEXT and field.key != _EVIDENCE
        if sheet.kind is not SheetKind.RECORDS or field.key != sheet.anchor
    )


@lru_cache(maxsize=256)  # 判断一遍，带回去又一遍
def _folded(raw: str) -> str:
    return fold(raw)[:_MOST]
