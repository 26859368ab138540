"""说明页上各段、各栏在哪里；各表要指到它的，照这里找。"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.address import At, Place
from xltool.form.live.check import DUTIES
from xltool.layout.layout import GUIDE

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme

READY_ROW, CHECK_HEADER = 3, 5
COUNT_COLUMN = 3  # 必填未填几处在第几列；须改正、须说明依次在右
RESULT_COLUMN, OPEN_COLUMN, NOTE_COLUMN = 3, 6, 7
CODE_COLUMN = 4
FIRST_COLUMN = 8  # 隐藏：各种的第一处在第几行
STUCK_COLUMN = FIRST_COLUMN + len(DUTIES)  # 隐藏：公式算不出来的第一行，没有系统得分的第一行
DEAD_COLUMN = STUCK_COLUMN + 2  # 隐藏：1 这张表的自查不作数
FILLED_COLUMN = DEAD_COLUMN + 1  # 隐藏：这张表填了多少；合计一行是整份表填了多少
HIDDEN_COLUMNS = tuple(range(FIRST_COLUMN, FILLED_COLUMN + 1))


@dataclass(frozen=True, slots=True)
class Lines:
    """说明页上各段的行号，由方案有几张表、几条勾稽决定。"""

    sheets: tuple[str, ...]
    checks: int

    @property
    def total(self) -> int:
        """各表合计。"""
        return CHECK_HEADER + len(self.sheets) + 1

    @property
    def first(self) -> int:
        """各种的第一处，一种一行；再下一行是还算不出的。"""
        return self.total + 1

    @property
    def stuck(self) -> int:
        """还算不出的第一处。"""
        return self.first + len(DUTIES)

    @property
    def scores(self) -> int:
        """得分一段的表头。"""
        return self.stuck + 2

    @property
    def balance(self) -> int:
        """勾稽一段的表头。"""
        return self.scores + 5

    @property
    def guide(self) -> int:
        """怎么填一段的小标题；没有勾稽的方案不印勾稽一段。"""
        return self.balance + (self.checks + 2 if self.checks else 0)

    def sheet(self, key: str) -> int:
        """某张表的一行。"""
        return CHECK_HEADER + 1 + self.sheets.index(key)


@lru_cache(maxsize=16)
def lines_of(scheme: Scheme) -> Lines:
    """一个方案的说明页各段在哪几行。"""
    own = int(scheme.states_total) + int(scheme.free_weights)
    return Lines(tuple(sheet.key for sheet in scheme.sheets), len(scheme.checks) + own)


def whole_filled(scheme: Scheme) -> Place:
    """整份表填了多少，在说明页哪一格。"""
    return Place(GUIDE, At(lines_of(scheme).total, FILLED_COLUMN))
