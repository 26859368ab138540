"""计分说明放在哪里：一行一个三级指标；评分后的表里单独一张，汇总里接在评分表之下。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.address import At
from xltool.layout.columns import CODE, Column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xltool.scheme.model import Scheme

EXPLANATION = "计分说明"
EXPLAINED = (
    CODE,
    Column("title", "三级指标", 18),
    Column("points", "分值", 6),
    Column("score", "得分", 7),
    Column("trace", "计算过程", 34),
    Column("ground", "评分标准和来源", 38),
    Column("cells", "取数（报送文件里的格）", 24),
    Column("deductions", "扣分和怎样不扣", 48),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """计分说明的位置；`columns` 的值是首列和末列，`rows` 以指标编码为名。"""

    name: str
    title: int
    note: int
    header: int
    columns: Mapping[str, tuple[int, int]]
    widths: Mapping[str, float]
    rows: Mapping[str, int]

    def at(self, code: str, column: str) -> At:
        """某个指标某一栏的位置（合并的取左上角）。"""
        return At(self.rows[code], self.columns[column][0])

    @property
    def last_row(self) -> int:
        """最下一行。"""
        return max(self.rows.values())


def make_explained(
    scheme: Scheme,
    name: str,
    top: int,
    spans: Mapping[str, tuple[int, int]],
    grid: Sequence[float],
) -> Explained:
    """从 `top` 行起排：小标题、说明、表头、各指标；`grid` 是各列的宽。"""
    header = top + 2
    return Explained(
        name=name,
        title=top,
        note=top + 1,
        header=header,
        columns=spans,
        widths={key: sum(grid[first - 1 : last]) for key, (first, last) in spans.items()},
        rows={item.code: header + n for n, item in enumerate(scheme.indicators, 1)},
    )
