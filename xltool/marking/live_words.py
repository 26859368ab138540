"""一处问题，表上的“自查”一栏当场怎样说：那一句没有了，就是改好了，不论改的是哪一格。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import column_letters, literal
from xltool.facts.saying import gives_no_reason_formula
from xltool.finding import Severity
from xltool.form.live.catalogue import asked_in, own_rows, words_of
from xltool.form.live.check import DUTIES, duty_of
from xltool.layout.columns import SELF_CHECK
from xltool.marking.sent_values import AT, ROW
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xltool.address import At
    from xltool.assessment.noted import Noted
    from xltool.scheme.model import Scheme
    from xltool.xlsx.grid import Grid

Words = tuple[str, ...]

_HEADER_ROWS: Final = 12
_LONGEST: Final = 200  # 公式里一段文字最多 255 个字
_DUTY: Final = f"(?:{'|'.join(map(duty_of, DUTIES))})："
_NEXT: Final = f"{_DUTY}|{duty_of(Severity.NOTICE)}："  # 不用改的，接在后面说
_SENTENCE: Final = re.compile(rf"{_DUTY}.*?。(?={_NEXT}|$)", re.DOTALL)


class Live(NamedTuple):
    """各条问题在表上的“自查”里怎样说，依次。

    `words` 是它那一行的几种说法；`whole` 是整张表一件事的，说在表的一处；
    `nothing` 是一格里写的等于没有写，写成公式，格的地址写作 `AT`。
    """

    words: tuple[Words, ...] = ()
    whole: tuple[Words, ...] = ()
    nothing: str = ""


def live_words(scheme: str, notes: Iterable[Noted]) -> Live:
    """各条的说法；当场判不出的没有。"""
    known = ready_scheme(scheme)[0]
    codes = [(one.key, one.finding.code) for one in notes]
    return Live(
        tuple(words_of(known, key, code) if key else () for key, code in codes),
        tuple(_whole(known).get(code, ()) for _, code in codes),
        gives_no_reason_formula(known, AT, _Inline(known)),
    )


class Told(NamedTuple):
    """一条在它那一行的几种说法，和整张表一件事的、说在别的一行的。"""

    words: Words
    whole: Words


UNTOLD: Final = Told((), ())


@lru_cache(maxsize=16)
def _whole(scheme: Scheme) -> dict[str, Words]:
    """各编码，一张表里只说在一行的几句。"""
    found: dict[str, Words] = {}
    for sheet in scheme.sheets:
        rows = own_rows(scheme, sheet.key)
        said = [
            {(code, one.check.words) for one in asked for code in one.check.codes}
            for asked in (asked_in(scheme, sheet.key, row) for row in rows)
        ]
        for own in said:
            for code, words in sorted(own):
                if sum((code, words) in other for other in said) == 1:
                    found[code] = (*found.get(code, ()), words)
    return found


class _Inline:
    """字眼直接写在公式里：副本里的“选项”表也许已经改了。"""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme

    def options(self, options: str) -> str:
        """一串常数。"""
        return f"{{{','.join(map(literal, self._scheme.words(options)))}}}"


class Said(NamedTuple):
    """“自查”里的一句：哪张表、第几行、第几列。"""

    sheet: str
    row: int
    column: int
    words: str


class SelfCheck:
    """一张表的“自查”一栏，和退回时它说的。"""

    def __init__(self, grid: Grid) -> None:
        self._name = grid.name
        self._cells = grid.cells
        self._column = next(
            (
                column
                for (row, column), cell in grid.cells.items()
                if row <= _HEADER_ROWS and cell.text == SELF_CHECK.heading
            ),
            0,
        )
        self._texts = {
            row: cell.text for (row, column), cell in grid.cells.items() if column == self._column
        }

    def says(self, words: Words, rows: Iterable[int] | None = None) -> Iterator[Said]:
        """几行（没有给的，各行）里说着的各句。"""
        for row in sorted(self._texts) if rows is None else rows:
            for one in self._fitting(row, words):
                yield Said(self._name, row, self._column, one)

    def can_say(self, words: Words, rows: Iterable[int] | None = None) -> Iterator[Said]:
        """会说的各句：给了几行的，就在这几行；没有给的，公式里写着的那一行，或说着的那一行。"""
        for one in words:
            for row in self._telling(one) if rows is None else rows:
                yield Said(self._name, row, self._column, one)

    def _telling(self, words: str) -> list[int]:
        """公式长的，一行分写在几栏，所以各栏都看。"""
        if not self._column:
            return []
        asked = literal(words)
        formulas = {row for (row, _), cell in self._cells.items() if asked in cell.formula}
        return sorted(formulas | {said.row for said in self.says((words,))})

    def every(self) -> Iterator[Said]:
        """退回时说着的各句。"""
        for row, text in sorted(self._texts.items()):
            for words in _SENTENCE.findall(text):
                yield Said(self._name, row, self._column, words)

    def _fitting(self, row: int, words: Words) -> Iterator[str]:
        """几种说法里，这一行说着的。"""
        text = self._texts.get(row, "")
        return (one for one in words if one in text and '"' not in one and len(one) <= _LONGEST)

    def still_said(self, at: At, said: Sequence[Told]) -> str:
        """这一格的各条，自查还说着其中一条；有一条它没有说，就不凭它。"""
        tests = [self._still(at, one) for one in said] if self._column else []
        if not tests or not all(tests):
            return ""
        parts = list(dict.fromkeys(tests))
        return parts[0] if len(parts) == 1 else f"OR({','.join(parts)})"

    def _still(self, at: At, told: Told) -> str:
        """说在这一行的，或整张表一件事、说在别的一行的；没有说的为空串。"""
        column = f"${column_letters(self._column)}"
        if own := next(self._fitting(at.row, told.words), ""):
            return f'ISNUMBER(FIND("{own}",{column}{ROW}))'
        whole = next(self.says(told.whole), None)
        return f'ISNUMBER(FIND("{whole.words}",{column}${whole.row}))' if whole else ""
