"""测试用：一份内容，表里的自查说了哪几条、check 查出哪几条，按表、行、编码、要做的事比。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from form_files import quick_file

from xltool.address import At
from xltool.assessment.report import make_report
from xltool.finding import Severity
from xltool.form.form import make_form
from xltool.form.guide_cells import ready_cell
from xltool.form.live.catalogue import asked_in
from xltool.form.live.check import Judged, found
from xltool.form.live.values import BLANK, NOT_DATE, NOT_LISTED, NOT_NUMBER
from xltool.intake.submission import understand_book
from xltool.messages import entries as say
from xltool.messages import form as form_say
from xltool.scheme.categories import SHEET
from xltool.scoring.catalogue import methods_of
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from xltool.facts.typed import Typed
    from xltool.finding import Finding
    from xltool.form.form import Form
    from xltool.form.live.check import LiveCheck
    from xltool.layout.block import Block
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme

# 表里写成文字就不算数的，程序有的读得出：表比程序严，不逐条比；图片当不当佐证，表里不再问；
# 不是记录的行、只有空格的行，程序不计入，公式不算就要清空
TYPED = frozenset(
    {
        *(*NOT_NUMBER, *NOT_DATE, *NOT_LISTED, "K05", "K06", say.PICTURE.code),
        *(form_say.NOT_RECORD.code, form_say.BLANK_ROW.code),
    }
)
_BLANKS = frozenset({*BLANK, "V171", "V172", "Q01"})
_PLACES = re.compile(r"[A-Z]+[0-9]+")
# 各行合起来的，表里说在第一行
_TOGETHER = frozenset({say.WEIGHTS.code, "C04"})
_OF_SHEET = frozenset({"C02", "C04"})  # 整张表一件事的


class Said(NamedTuple):
    """一行里的一条：表、行、编码、级别（必填未填的为空）。"""

    sheet: str
    row: str
    code: str
    severity: Severity | None


class Compared(NamedTuple):
    """一份内容的两边。"""

    ready: bool
    banner: str
    live: tuple[tuple[str, str, LiveCheck], ...]
    found: frozenset[Said]
    scores: tuple[Decimal | None, Decimal | None] = (None, None)  # 表里的、程序的总分

    @property
    def blocked(self) -> frozenset[tuple[str, str]]:
        """缺了、写成文字的各行。"""
        stopped = (one for one in self.live if one[2].severity is None or TYPED & {*one[2].codes})
        return frozenset((sheet, row) for sheet, row, _ in stopped)

    def unequal(self) -> tuple[list[str], list[str]]:
        """只有 check 说的、只有表说的；缺了、写成文字的行不比，与它们有关的也不比。"""
        codes = {code for _, _, one in self.live for code in one.codes} | live_codes()
        codes -= TYPED | _BLANKS
        missed = [
            f"{one.sheet} {one.row} {one.code} {one.severity}"
            for one in self.found
            if one.code in codes and not self._told(one)
        ]
        extra = [
            f"{sheet} {row} {check.words}"
            for sheet, row, check in self.live
            if check.severity is not None
            and not TYPED & {*check.codes}
            and not any(
                Said(sheet, row, code, check.severity) in self.found for code in check.codes
            )
        ]
        return sorted(missed), sorted(extra)

    def _told(self, one: Said) -> bool:
        return any(
            (sheet, row, check.severity) == (one.sheet, one.row, one.severity)
            and one.code in check.codes
            for sheet, row, check in self.live
        )


def live_codes() -> frozenset[str]:
    """自查整个看得出的规则：哪一行触发，表里就说哪一行。"""
    return frozenset(
        (
            *(
                "A01",
                "A02",
                "A03",
                "A04",
                "A05",
                "A06",
                "A10",
                "A11",
                "C02",
                "C04",
                "C06",
                "C07",
                "E01",
                "E02",
                "E05",
                "E04",
            ),
            *(
                "K01",
                "K02",
                "K03",
                "K04",
                "K08",
                "K23",
                "R01",
                "S01",
                "S02",
                "S03",
                "S04",
                "S05",
                "S07",
            ),
            *("V156", "V157"),
        )
    )


def compared(scheme: Scheme, contents: Mapping[CellKey, Typed]) -> Compared:
    """同一份内容，表里的自查和 check。"""
    form = make_form(scheme, contents)
    banner = ready_cell(form).content.result
    reading = understand_book(read_bytes(quick_file(form)), [scheme])
    assert reading.submission is not None
    report = make_report(scheme, methods_of(scheme), reading.submission, reading.findings)
    found = frozenset(
        said for finding in report.findings for said in _said(form, finding) if said is not None
    )
    scores = form.scorecard.total, report.scorecard.total
    ready = str(banner).startswith("可报送")
    return Compared(ready, str(banner), tuple(_live(form)), found, scores)


def _live(form: Form) -> Iterator[tuple[str, str, LiveCheck]]:
    for sheet in form.scheme.sheets:
        for row in form.layout.blocks[sheet.key].entry_rows:
            judged = Judged(form.facts, sheet.key, row, lambda code: form.scorecard.of(code).value)
            for asked in found(asked_in(form.scheme, sheet.key, row), judged):
                yield sheet.key, asked.row, asked.check


def _said(form: Form, finding: Finding) -> Iterator[Said]:
    if finding.standing is Severity.NOTICE:
        return
    for key, block in form.layout.blocks.items():
        if block.name == finding.sheet:
            places = [finding.at] if finding.at else []
            if finding.code == "V170":
                places += [At.parse(one) for one in _PLACES.findall(finding.message)]
            if finding.code in _TOGETHER and finding.at and key == SHEET:
                places = [finding.at._replace(row=block.rows["1"])]
            if finding.code in _OF_SHEET and not places:
                if key != _told_on(form.scheme, finding.code):
                    continue
                yield Said(key, block.entry_rows[0], finding.code, finding.standing)
                continue
            rows = {_row_at(block, at) for at in places} - {None} if places else {""}
            yield from (Said(key, row or "", finding.code, finding.standing) for row in rows)


def _told_on(scheme: Scheme, code: str) -> str:
    """整张表一件事的，说在哪张表的第一行。"""
    form = scheme.score_sheet.key
    return form if code == "C04" and scheme.has(f"{form}.evidence") else SHEET


def _row_at(block: Block, at: At) -> str | None:
    """一格属于哪一行（印在一页上的，哪一项）；不在这张表里的为空。"""
    row = next((one for one, line in block.rows.items() if line == at.row), None)
    columns = (one for one, (first, last) in block.columns.items() if first <= at.col <= last)
    column = next(columns, None)
    if row is None or column is None:
        return None
    return block.key_at(row, column).row


def numbers_in_words(scheme: Scheme, contents: Mapping[CellKey, Typed]) -> bool:
    """有没有写成文字的数：程序读得出，公式看不出。"""
    return any(
        isinstance(value, str)
        and (any(char.isdecimal() for char in value) or value in {"-", "×"})
        and (
            key.column in {"expected", "actual"}
            if key.sheet == SHEET
            else scheme.field(key).kind.numeric
        )
        for key, value in contents.items()
    )
