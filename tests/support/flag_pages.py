"""读 tests/flags 下的规则例子：每页一条规则，每个二级标题一个例子。"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from facts_builder import build_facts

from xltool.facts.entry import Told
from xltool.facts.last_year import achieved, last_year
from xltool.facts.view import Facts
from xltool.flags.peers import Peers, Similarity, Sums, spread_of
from xltool.flags.projects import exact_name
from xltool.flags.rule import Case
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind
from xltool.scoring.catalogue import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.facts.last_year import LastYear
    from xltool.scheme.model import Scheme, Sheet
    from xltool.scoring.method import Method

# 报送以外的：上年度的指标；同批各份的自评分数；与谁雷同
LAST, BATCH, ALIKE = "上年度绩效指标", "同批自评分数", "雷同"
PROJECTS = "同批项目"
REPORT = "自评报告"  # 程序读了报告正文：没有列的就是报告里没有
BESIDE = (LAST, BATCH, ALIKE, PROJECTS, REPORT)
FOLDER = Path(__file__).parents[1] / "flags" / "pages"
# 印成一页的，和早先拆成几张的
PAGE_FORMS = ("mof-project", "mof-project-101")
EARLIER_FORMS = ("mof-project-2020-1", "mof-project-101-2021-1")
# 别的表种的例子放在各自的文件夹里；project 里的，各种项目表都要得出同样的结果
FORMS = {
    "jiangmen-2025-general": ("jiangmen-2025-general",),
    "project": (*PAGE_FORMS, *EARLIER_FORMS),
    "project-page": PAGE_FORMS,
    "project-earlier": EARLIER_FORMS,
    "mof-project": ("mof-project", "mof-project-2020-1"),
    "mof-project-2020-1": ("mof-project-2020-1",),
    "mof-project-101": ("mof-project-101", "mof-project-101-2021-1"),
    "mof-project-101-2021-1": ("mof-project-101-2021-1",),
    "chongqing-2021": ("chongqing-2021",),
}
HIT_HEADING = "单元格"
ROW_HEADING = "序号"
RESULT, MISSING = "结果：", "- 缺："


@dataclass
class Example:
    """一个例子：各表填了什么，应得什么结果。"""

    code: str
    title: str
    tables: list[tuple[str, list[dict[str, str]]]] = field(default_factory=list)
    outcome: str = ""
    hits: list[tuple[str, str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"{self.code}-{self.title}"

    def facts(self, scheme: Scheme) -> Facts:
        """照例子里的表搭出事实。"""
        fields: dict[str, str] = {}
        records: dict[str, list[dict[str, str]]] = {}
        form: dict[str, dict[str, str]] = {}
        for name, rows in self.tables:
            if name in BESIDE:
                continue
            sheet = next(item for item in scheme.sheets if item.name == name)
            if sheet.kind is SheetKind.FIELDS:
                fields |= dict(_filled(sheet, rows))
                continue
            keyed = [_keyed(sheet, row) for row in rows]
            if sheet.kind is SheetKind.RECORDS:
                records[sheet.key] = keyed
            else:
                codes = (row[ROW_HEADING] for row in rows)
                form |= dict(zip(codes, keyed, strict=True))
        facts = build_facts(scheme, fields, records, form)
        if any(name == REPORT for name, _ in self.tables):
            return Facts(scheme, replace(facts.submission, told=Told({}, {})))
        return facts

    def case(self, scheme: Scheme, methods: Iterable[Method]) -> Case:
        """规则所看的：报送，和放在它旁边的。"""
        facts = self.facts(scheme)
        tables = dict(self.tables)
        last = _last(tables[LAST]) if LAST in tables else None
        peers = _peers(tables) if BATCH in tables or PROJECTS in tables else None
        return Case(facts, evaluate(facts, methods), last, peers)


def _last(rows: list[dict[str, str]]) -> LastYear:
    listed = (achieved(r["三级指标"], r["实现值"], "", "上年.xlsx", 2023) for r in rows)
    return last_year("上年.xlsx", listed)


def _peers(tables: dict[str, list[dict[str, str]]]) -> Peers:
    rows = tables.get(BATCH, ())
    totals = [Decimal(text) for row in rows for text in row["自评分数"].split("、")]
    alike = tables.get(ALIKE)
    if not alike:
        return Peers(spread_of(totals), projects=dict(map(_project, tables.get(PROJECTS, ()))))
    (row,) = alike
    sheet, number, column = row["哪一格"].split(" ")
    key = CellKey(sheet, number, column)
    similarity = Similarity(key, row["单位"], row["一字不差"] == "是", int(row["处数"]))
    return Peers(spread_of(totals), similarity)


def _project(row: dict[str, str]) -> tuple[str, Sums]:
    planned, paid = (Decimal(row[one]) for one in ("全年预算数", "全年执行数"))
    return exact_name(row["项目名称"]), Sums(row["项目名称"], planned, paid)


def _filled(sheet: Sheet, rows: list[dict[str, str]]) -> Iterator[tuple[str, str]]:
    """逐项表：各项填了什么，“说明”一类的栏写了什么。"""
    extras = {extra.label: extra.key for extra in sheet.extras}
    for row in rows:
        name = f"{sheet.key}.{_key(sheet, row['项目'])}"
        yield name, row["填报"]
        yield from ((f"{name}.{extras[one]}", text) for one, text in row.items() if one in extras)


def _keyed(sheet: Sheet, row: dict[str, str]) -> dict[str, str]:
    cells = ((heading, text) for heading, text in row.items() if heading != ROW_HEADING)
    return {_key(sheet, heading): text for heading, text in cells}


def _key(sheet: Sheet, label: str) -> str:
    (key,) = (item.key for item in sheet.fields if item.label.removeprefix("其中：") == label)
    return key


def pages() -> list[Path]:
    """全部规则页。"""
    return sorted(FOLDER.glob("*.md"))


def pages_of(scheme_id: str) -> list[Path]:
    """一种表自己的规则页；几个文件夹里都有的，取只为它（和少几种表）写的，排在后面的。"""
    folders = [FOLDER / name for name, schemes in FORMS.items() if scheme_id in schemes]
    found = {page.stem: page for folder in folders for page in folder.glob("*.md")}
    return sorted(found.values())


def examples(page: Path) -> list[Example]:
    """一页里的全部例子。"""
    _, *sections = page.read_text("utf-8").split("\n## ")
    return [_example(page.stem, section) for section in sections]


def _example(code: str, section: str) -> Example:
    title, _, body = section.partition("\n")
    example = Example(code, title.strip())
    sheet = ""
    for block in body.strip().split("\n\n"):
        line = block.strip()
        if line.startswith("**"):
            sheet = line.strip("*")
        elif line.startswith("|"):
            _add_table(example, sheet, line.splitlines())
        elif line.startswith(RESULT):
            example.outcome = line.removeprefix(RESULT)
        elif line.startswith(MISSING):
            example.missing += [item.removeprefix(MISSING) for item in line.splitlines()]
        else:
            message = f"{example.id}：读不懂“{line}”"
            raise ValueError(message)
    return example


def _add_table(example: Example, sheet: str, lines: list[str]) -> None:
    headings, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    if headings[0] == HIT_HEADING:
        example.hits += [(cell, level, text) for cell, level, text in rows]
    else:
        example.tables.append((sheet, [dict(zip(headings, row, strict=True)) for row in rows]))
