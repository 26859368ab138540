"""复核意见跟着疑点走：改了的报送、插了的行、改了名的表，再汇总两次，一条不丢，一条不错。"""

from __future__ import annotations

import random
import zipfile
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
import pytest
from collection_builder import SCHEME, filled
from form_files import form_file
from openpyxl.comments import Comment
from openpyxl_books import loaded, saved
from written_books import write_consolidated

from xltool.address import At
from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.form.form import make_form
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from xltool.facts.typed import Typed

UNITS, ROWS = 4, 18
HEADER, FIRST = 5, 6
DOUBTS, DETAILS, GONE, OTHERS = "疑点清单", "得分明细", "已不再出现", "复核人另写的"
Titles = dict[int, list[str]]  # 各单位绩效指标的名称，由上到下


class Told(NamedTuple):
    """一条意见原来说的是什么：单位、规则、说的是哪一处，和那时的事实。"""

    unit: str
    code: str
    about: str
    fact: str


class Season:
    """一季的报送：各单位的绩效指标，可以改数、插行、删行、改表名。"""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a season, no secret
        self.inbox = folder / "报送"
        self.inbox.mkdir()
        self.book = folder / "汇总.xlsx"
        self.rows = {
            unit: [(f"第{unit}局指标{n}", self.chance.choice((3, 9, 40))) for n in range(ROWS)]
            for unit in range(UNITS)
        }
        self.renamed: set[int] = set()
        self.added = 0
        self.send()

    def send(self) -> None:
        """各单位照现在的样子报送。"""
        for unit, rows in self.rows.items():
            path = self.inbox / f"{unit}.xlsx"
            data = form(unit, tuple(rows))
            path.write_bytes(renamed(data) if unit in self.renamed else data)

    def resubmit(self) -> None:
        """一半的单位：插一行、删一行、改几个数；两个单位改了表名。"""
        for unit in self.chance.sample(sorted(self.rows), UNITS // 2):
            rows = self.rows[unit]
            self.added += 1
            rows.insert(self.chance.randrange(3), (f"第{unit}局新添{self.added}", 40))
            rows.pop(self.chance.randrange(3, len(rows)))
            for at in self.chance.sample(range(len(rows)), 5):
                rows[at] = (rows[at][0], rows[at][1] - 1)
            self.chance.shuffle(rows)
        self.renamed = set(self.chance.sample(sorted(self.rows), 2))
        self.send()

    def collect(self) -> None:
        write_consolidated(collect(Request(folder=self.inbox, jobs=1)), self.book)

    def about(self, unit: str, where: str) -> str:
        """位置说的是哪一处：绩效指标的写名称，其他的写位置本身。"""
        where = where.replace("目标表", "绩效目标完成情况")
        sheet, _, cell = where.partition("!")
        if sheet != "绩效目标完成情况" or not cell:
            return where
        at = At.parse(cell)
        row = at.row - 7
        names = [name for name, _ in self.rows[int(unit[4])]]
        column = "" if row >= len(names) else f" 第{at.col}列"
        return f"{names[row]}{column}" if 0 <= row < len(names) else where


@cache
def form(unit: int, rows: tuple[tuple[str, int], ...]) -> bytes:
    scheme, _ = ready_scheme(SCHEME)
    cells: dict[CellKey, Typed] = filled(scheme, 1)
    cells[CellKey("cover", "department")] = f"示例市第{unit}局"
    cells[CellKey("cover", "department_code")] = f"90{unit}"
    first = {key.column: value for key, value in cells.items() if key.sheet == "indicators"}
    for number, (title, actual) in enumerate(rows, 1):
        own = first | {"title": title, "expected": Decimal(10), "actual": Decimal(actual)}
        own |= {"note": "", "evidence": ""} if actual != 40 else {"evidence": ""}
        for column, value in own.items():
            cells[CellKey("indicators", str(number), column)] = value
    kept = {key: value for key, value in cells.items() if value != ""}
    return form_file(make_form(scheme, kept))


def renamed(data: bytes) -> bytes:
    """绩效目标的一张表改了名。"""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/workbook.xml":
                title = '<sheet name="绩效目标完成情况"'
                assert title.encode() in part
                part = part.replace(title.encode(), '<sheet name="目标表"'.encode())
            new.writestr(name, part)
    return buffer.getvalue()


def header_of(sheet: Worksheet) -> dict[str, int]:
    """表头各在第几列；表头的行记在空名下。"""
    for row in sheet.iter_rows(min_row=1, max_row=12):
        known = {str(cell.value): cell.column for cell in row if cell.value is not None}
        if "复核理由" in known:
            return known | {"": row[0].row}
    raise AssertionError(sheet.title)


def rows_of(sheet: Worksheet) -> Iterator[tuple[int, dict[str, object]]]:
    known = header_of(sheet)
    first = known.pop("") + 1
    for row, cells in enumerate(sheet.iter_rows(min_row=first, values_only=True), first):
        values = {name: cells[n - 1] for name, n in known.items()}
        if values.get("标识"):
            yield row, values


# ---------------------------------------------------------------- 人写


class Reviewer:
    """随便写二百条意见、批注、自己的记号，再把表弄乱；记得每一条说的是什么。"""

    def __init__(self, season: Season) -> None:
        self.season = season
        self.told: dict[str, Told] = {}
        self.scores: dict[str, tuple[object, object]] = {}
        self.asides: dict[str, object] = {}

    def write(self, verdicts: int, scores: int, asides: int) -> None:
        book = loaded(self.season.book)
        doubts, details = book[DOUBTS], book[DETAILS]
        free = [(row, one) for row, one in rows_of(doubts) if one["复核理由"] is None]
        known = header_of(doubts)
        for row, one in self.season.chance.sample(free, verdicts):
            token = f"理由{len(self.told)}号"
            about = self.season.about(str(one["单位"]), str(one["位置"] or ""))
            self.told[token] = Told(str(one["单位"]), str(one["编码"]), about, str(one["事实"]))
            doubts.cell(row, known["复核意见"], self.season.chance.choice(("采信说明", "退回")))
            doubts.cell(row, known["复核理由"], token)
        self._score(details, scores)
        self._aside(doubts, asides)
        self._disturb(book)
        self.season.book.write_bytes(saved(book))

    def _score(self, sheet: Worksheet, count: int) -> None:
        known = header_of(sheet)
        free = [(row, one) for row, one in rows_of(sheet) if one["复核理由"] is None]
        for row, one in self.season.chance.sample(free, count):
            token = f"改分{len(self.scores)}号"
            self.scores[token] = one["单位名称"], one["编码"]
            sheet.cell(row, known["复核得分"], self.season.chance.choice((0.5, 99, "加2分")))
            sheet.cell(row, known["复核理由"], token)

    def _aside(self, sheet: Worksheet, count: int) -> None:
        """批注，和自己添的一栏。"""
        known = header_of(sheet)
        own = max(known.values()) + 1
        sheet.cell(known[""], own, "科里的记号")
        for row, one in self.season.chance.sample(list(rows_of(sheet)), count):
            token = f"旁记{len(self.asides)}号"
            self.asides[token] = one["单位"]
            if len(self.asides) % 2:
                sheet.cell(row, known["事实"]).comment = Comment(token, "李")
            else:
                sheet.cell(row, own, token)

    def _disturb(self, book: Workbook) -> None:
        """排序、插空行、插空栏、改表名。"""
        for name in (DOUBTS, DETAILS):
            sheet = book[name]
            first = header_of(sheet)[""] + 1
            lines = [
                [(cell.value, cell.comment and cell.comment.text) for cell in row]
                for row in sheet.iter_rows(min_row=first)
            ]
            self.season.chance.shuffle(lines)
            for row, line in enumerate(lines, first):
                for column, (value, comment) in enumerate(line, 1):
                    cell = sheet.cell(row, column)
                    cell.value, cell.comment = value, None
                    if comment:
                        cell.comment = Comment(comment, "李")
        book[DOUBTS].insert_rows(self.season.chance.randrange(FIRST, FIRST + 20))
        book[DETAILS].insert_cols(4)
        book[DOUBTS].title = "疑点（我看过的）"


# ---------------------------------------------------------------- 查


def check(season: Season, reviewer: Reviewer) -> tuple[int, int, int]:
    """每一条都在，都在它说的那一处；返回没有变的、改了的、不再出现的各几条。"""
    book = openpyxl.load_workbook(BytesIO(season.book.read_bytes()), read_only=True)
    places: dict[str, list[str]] = {}
    marks: list[object] = []
    now = [one for _, one in rows_of(book[DOUBTS])]
    spots = [_told(season, one) for one in now]
    for told, one in zip(spots, now, strict=True):
        token = str(one["复核理由"] or "")
        if token:
            places.setdefault(token, []).append(DOUBTS)
            marks.append(one["与上次相比"])
            assert told[:3] == reviewer.told[token][:3], token
            if told.fact == reviewer.told[token].fact:
                assert one["与上次相比"] == "未变", token
    for _, one in rows_of(book[GONE]) if GONE in book.sheetnames else ():
        token = str(one["复核理由"])
        places.setdefault(token, []).append(GONE)
        if token in reviewer.told:
            told = reviewer.told[token]
            assert (one["原来的单位"], one["编码"]) == told[:2]
            assert told[:3] not in [spot[:3] for spot in spots], token
    for _, one in rows_of(book[DETAILS]):
        if token := str(one["复核理由"] or ""):
            places.setdefault(token, []).append(DETAILS)
            assert (one["单位名称"], one["编码"]) == reviewer.scores[token]
    assert {token: len(found) for token, found in places.items()} == dict.fromkeys(
        (*reviewer.told, *reviewer.scores), 1
    )
    written = {row[4]: row[1] for row in book[OTHERS].iter_rows(min_row=FIRST, values_only=True)}
    assert reviewer.asides == written
    gone = sum(found == [GONE] for found in places.values())
    return marks.count("未变"), marks.count("数据已改，请再看"), gone


def _told(season: Season, one: dict[str, object]) -> Told:
    unit = str(one["单位"])
    about = season.about(unit, str(one["位置"] or ""))
    return Told(unit, str(one["编码"]), about, str(one["事实"]))


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.nightly) for n in (1, 2))])
def test_200_verdicts_two_rounds_none_lost_none_astray(tmp_path: Path, seed: int) -> None:
    season = Season(tmp_path, seed)
    season.collect()
    reviewer = Reviewer(season)
    for round_, (verdicts, scores, asides) in enumerate(((120, 40, 20), (80, 20, 20)), 1):
        reviewer.write(verdicts, scores, asides)
        before = season.book.read_bytes()
        season.resubmit()
        season.collect()
        assert season.book.with_name(f"汇总_{round_}.xlsx").read_bytes() == before
        kept, changed, gone = check(season, reviewer)
        assert kept > 20
        assert changed
        assert gone
    # 没有人再动过，再汇总也是一样，一个字节不差
    before = season.book.read_bytes()
    season.collect()
    assert season.book.read_bytes() == before
    assert not season.book.with_name("汇总_3.xlsx").exists()
