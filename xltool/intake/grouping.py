"""同一个原因只说一条：同一栏里连着的、说法相同的并起来，指明区域和格数。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from xltool.address import Area, At
from xltool.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.finding import Finding
    from xltool.xlsx.grid import Book

_VALUES = re.compile(r"“[^”]*”|(?<![0-9A-Z])[-+]?[0-9][0-9,.]*%?")
_FEW = 3  # 原值不同的，三格起才并：两格各说各的更清楚
_LABEL = re.compile(r"“[^”]*”")


@dataclass(frozen=True, slots=True)
class SortKey:
    """问题的次序：按工作表、行、列、编码。"""

    sheets: Mapping[str, int]

    def __call__(self, finding: Finding) -> tuple[int, int, int, str]:
        """排序用的键。"""
        at = finding.at or At(0, 0)
        return self.sheets.get(finding.sheet, -1), at.row, at.col, finding.code


def ordered(findings: Iterable[Finding], book: Book) -> list[Finding]:
    """依工作表在文件里的次序，由上到下、由左到右；完全相同的只留一条。"""
    sheets = {grid.name: number for number, grid in enumerate(book.grids)}
    return sorted(dict.fromkeys(findings), key=SortKey(sheets))


class _Cause(NamedTuple):
    """同一个原因：编码、表、列、去掉原值的说法、错误所指的项。"""

    code: str
    sheet: str
    column: int
    shape: str
    label: str


def group(findings: Iterable[Finding]) -> Iterator[Finding]:
    """同一栏里各行连着、原因相同的并成一条，说出第一格的原值、区域和格数。"""
    runs: list[list[Finding]] = []
    open_runs: dict[_Cause, list[Finding]] = {}
    for finding in findings:
        cause = None
        if finding.at is not None:
            # 错误要逐项改，不同的项不并；提示和警告只看说法
            error = finding.severity is Severity.ERROR
            label = _LABEL.match(finding.message) if error else None
            shape, named = _VALUES.sub("", finding.message), label[0] if label else ""
            cause = _Cause(finding.code, finding.sheet, finding.at.col, shape, named)
        run = open_runs.get(cause) if cause else None
        last = run[-1].at if run else None
        if run and last and finding.at and finding.at.row == last.row + 1:
            run.append(finding)
            continue
        runs.append([finding])
        if cause:
            open_runs[cause] = runs[-1]
    return chain.from_iterable(map(_joined, runs))


def _joined(run: list[Finding]) -> list[Finding]:
    first, last = run[0], run[-1]
    same = all(finding.message == first.message for finding in run)
    if len(run) < (2 if same else _FEW) or first.at is None or last.at is None:
        return run
    area = Area(first.at, last.at).a1
    more = "" if same else "等"
    return [first._replace(message=f"{first.message}（{area} {more}共{len(run)}格）")]
