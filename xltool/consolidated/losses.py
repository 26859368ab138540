"""各三级指标失分的统计：几份、合计几分、失得最少最多的各几分、是谁；与统计表里的公式同义。

每行一个排序用的数（`key`）：指标在第几个，乘以满分加一，再加失分。一个指标的各行排在一起，失分多的
在后，第几小的数一取就是最少、最多的失分，不用一格看一遍全表的数组公式。
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.address import Area, At, Place, quoted
from xltool.collection.report_slices import SCORES
from xltool.collection.reviewed import counted
from xltool.consolidated.columns import ABOVE_ROW, FIRST_ROW, LEFT
from xltool.layout.layout import PARAMETERS, template_layout

if TYPE_CHECKING:
    from xltool.consolidated.source import Source

STATISTICS: Final = "统计"
FULL_MARKS: Final = At(ABOVE_ROW, LEFT + 3)  # 统计表里满分写在哪一格


def parameter(source: Source, key: str) -> str:
    """公式里引用一个参数的写法。"""
    at = template_layout(source.scheme).parameters[key]
    return Place(source.sheet(PARAMETERS), at).reference


def rounded_text(source: Source, text: str) -> str:
    """公式里的得分：先按计算精度、再按得分位数舍入。"""
    working, digits = (parameter(source, f"{one}_digits") for one in ("working", "score"))
    return f"ROUND(ROUND({text},{working}),{digits})"


def codes_of(source: Source) -> str:
    """统计表里各指标的编码在哪里：它总是头一张小表的头一栏。"""
    last = FIRST_ROW + len(source.scheme.indicators) - 1
    area = Area(At(FIRST_ROW, LEFT), At(last, LEFT))
    return f"{quoted(source.sheet(STATISTICS))}!{area.absolute}"


def spacing(source: Source) -> str:
    """公式里每个指标占多大一段：满分加一，失分再多也不会到下一个指标那里。"""
    return f"(1+{Place(source.sheet(STATISTICS), FULL_MARKS).reference})"


class Keys:
    """得分明细每行排序用的数：公式和结果；几万行，不随行变的只写一次。"""

    def __init__(self, source: Source) -> None:
        self._scheme = source.scheme
        self._indicators = f"{codes_of(source)},0)*{spacing(source)}"
        self._digits = parameter(source, "working_digits")
        self._places = {one.code: n for n, one in enumerate(source.scheme.indicators, 1)}
        self._spacing = 1 + source.scheme.full_marks
        self._known: dict[tuple[str, Decimal], Decimal] = {}

    def formula(self, code: str, limit: str, score: str) -> str:
        """三格各怎样称呼；没有得分的没有。"""
        text = f"ROUND(MATCH({code},{self._indicators}+{limit}-{score},{self._digits})"
        return f'IF(ISNUMBER({score}),{text},"")'

    def value(self, code: str, limit: Decimal, score: Decimal | None) -> Decimal | str:
        """同一个数，由程序算。"""
        if score is None:
            return ""
        own = code, limit - score
        if own not in self._known:
            exact = self._places[code] * self._spacing + own[1]
            self._known[own] = self._scheme.precise(exact)
        return self._known[own]


@dataclass(slots=True)
class Losses:
    """一个指标：有得分的几份，分值、得分合计，各份的失分，失得最多的头一个和几个。"""

    count: int = 0
    full: Decimal = Decimal(0)
    score: Decimal = Decimal(0)
    least: Decimal | None = None
    most: Decimal | None = None
    worst: str = ""
    worst_count: int = 0
    losers: int = 0

    def add(self, name: str, full: Decimal, score: Decimal, loss: Decimal) -> None:
        """添一份。"""
        self.count += 1
        self.full += full
        self.score += score
        self.losers += loss > 0
        if self.least is None or loss < self.least:
            self.least = loss
        if self.most is None or loss > self.most:
            self.most, self.worst, self.worst_count = loss, name, 0
        self.worst_count += loss == self.most


def losses(source: Source) -> dict[str, Losses]:
    """各指标，依方案的次序；复核得分写得对的照它。"""
    found = {one.code: Losses() for one in source.scheme.indicators}
    reviewed = source.reviews.scores
    for scored, lines in source.slices(SCORES, tuple):
        for line in lines:
            score = counted(line, reviewed.get((scored.unit.key, line.code)))
            if score is not None:
                loss = source.scheme.precise(line.points - score)
                found[line.code].add(scored.name, line.points, score, loss)
    return found
