"""pandas 的表：列名、类型、次序、没有的值。"""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from book_tables import rows_of, tables
from cli_forms import good_form
from cli_runner import xltool
from collection_builder import ROSTER, roster_bytes
from parity_cells import frozen
from sample_books import ROSTERS, collected, plan

from xltool import frames
from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.consolidated.book import consolidated_plan
from xltool.consolidated.sources import make_sources
from xltool.excel.write import render_book
from xltool.messages.waivers import WAIVED

if TYPE_CHECKING:
    from xltool.collection.model import Collection
    from xltool.sheets.plan import WorkbookPlan


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    folder = tmp_path_factory.mktemp("汇总")
    inbox = folder / "报送"
    inbox.mkdir()
    # 文件名的次序与名单相反
    (inbox / "a.xlsx").write_bytes(good_form(department="江门市教育局", department_code="102"))
    (inbox / "b.xlsx").write_bytes(good_form(department="江门市财政局", department_code="101"))
    (inbox / "c.xlsx").write_bytes(b"")
    roster = folder / "名单.xlsx"
    roster.write_bytes(roster_bytes(*ROSTER))
    return collect(Request(folder=inbox, roster=roster, jobs=1))


def test_summary_has_every_unit_in_roster_order(collection: Collection) -> None:
    frame = frames.summary(collection)
    assert list(frame["单位名称"])[:4] == [
        "江门市财政局",
        "江门市教育局",
        "江门市工业和信息化局",
        "江门市民政局",
    ]
    assert list(frame["报送状态"])[:4] == ["已报", "已报", "未报", "零报送"]
    assert {"履职效能", "管理效率", "预算执行"} <= set(frame.columns)


def test_blanks_are_na_and_numbers_are_numbers(collection: Collection) -> None:
    frame = frames.summary(collection)
    assert frame["系统得分"].dtype == "Float64"
    assert frame["名次"].dtype == "Int64"
    assert frame["系统得分"][0] == 100.0
    assert list(frame["名次"])[:2] == [1, 1]
    for column in ("名次", "系统得分", "系统等级", "错误", "来源文件"):
        assert frame[column][2] is pd.NA
    assert frame["预算编码"][0] == "101"


def test_scores_have_a_row_for_each_unit_and_indicator(collection: Collection) -> None:
    frame = frames.scores(collection)
    assert len(frame) == 2 * 26
    assert list(frame["单位名称"].drop_duplicates()) == ["江门市财政局", "江门市教育局"]
    first = frame.iloc[2]
    assert (first["编码"], first["三级指标"], first["分值"]) == ("03", "部门预算资金支出率", 5.0)
    assert str(first["计算过程"]).startswith("决算支出")
    assert (first["取数"], first["扣分说明"]) == ("收支与资产!C8、C10", pd.NA)
    assert first["规则来源"] == "重建：得分=支出率×分值，封顶"
    assert frame.groupby("单位名称")["分值"].sum().tolist() == [100.0, 100.0]


def test_indicators_have_the_headings_of_the_form(collection: Collection) -> None:
    frame = frames.indicators(collection)
    assert {"预期值", "实现值", "完成率", "佐证材料"} <= set(frame.columns)
    assert frame["完成率"].dtype == "Float64"
    assert list(frame["序号"]) == [1, 2, 1, 2]
    report = collection.units[0].report()
    from xltool.scheme.key import CellKey

    assert frame["实现值"][0] == str(report.contents[CellKey("indicators", "1", "actual")])


def test_findings_come_by_unit_then_the_returned_files(collection: Collection) -> None:
    frame = frames.findings(collection)
    counts = collection.counts
    assert len(frame) == sum(counts.problems)
    assert frame["单位名称"][0] == "江门市财政局"
    refused = frame[frame["来源文件"] == "c.xlsx"]
    assert list(refused["编码"]) == ["R104"]
    assert list(refused["级别"]) == ["错误"]
    assert refused["单位名称"].isna().all()
    assert refused["单元格"].isna().all()


SAMPLES = Path(__file__).parents[2] / "sample_inputs"
each_folder = pytest.mark.parametrize("folder", ROSTERS)
MAKERS = {
    "汇总": frames.summary,
    "得分明细": frames.scores,
    "绩效指标明细": frames.indicators,
    "疑点清单": frames.findings,
}
OF_ANALYSIS = {"预算编码", "单位名称", "来源文件", "表种", "工作表", "单元格", "豁免的理由"}
FORMER = {"疑点清单": ("编码", "规则")}  # 改了表头的栏，早先的表头也留着
# 隐藏的，不供分析
HIDDEN = (
    "标识",
    "统计用",
    "由高到低",
    "印时空着的栏",
    "应报与否",
    "同一单位",
    "逾期天数",
    "缓报至",
)
IN_FINDINGS = {"问题": "事实", "文件": "来源文件"}


Sheets = dict[str, tuple[list[str], list[dict[str, object]]]]


def registers(planned: WorkbookPlan) -> Sheets:
    """汇总工作簿里各登记表的表头和各行。"""
    found = tables(planned)
    return {name: (list(table.columns), rows_of(table)) for name, table in found.items()}


@cache
def book(folder: str) -> Sheets:
    return registers(plan(folder))


def same(value: object, cell: object) -> bool:
    if value is pd.NA:
        return cell in (None, "")
    if isinstance(cell, Decimal | int):
        return abs(Decimal(str(value)) - cell) < Decimal("1e-9")
    return str(value) == str(cell)


def differing(
    frame: pd.DataFrame, rows: list[dict[str, object]], renamed: dict[str, str]
) -> list[object]:
    assert len(frame) == len(rows) > 0
    headings = dict.fromkeys(heading for row in rows for heading in row)
    columns = {heading: list(frame[renamed.get(heading, heading)]) for heading in headings}
    return [
        (heading, number, columns[heading][number], cell)
        for number, row in enumerate(rows)
        for heading, cell in row.items()
        if not same(columns[heading][number], cell)
    ]


@each_folder
@pytest.mark.parametrize("name", MAKERS)
def test_headings_and_values_are_those_of_the_book(folder: str, name: str) -> None:
    frame = MAKERS[name](collected(folder))
    sheets = [sheet for title, sheet in book(folder).items() if title.split("_")[0] == name]
    assert len(sheets) == (1 if name == "疑点清单" else frame["表种"].nunique())
    seen: dict[str, None] = {}
    for listed, written in sheets:
        headings = [heading for heading in listed if heading not in HIDDEN]
        extra = book(folder).get("读数说明", ((), []))[1] if name == "疑点清单" else []
        rows = sorted((*written, *extra), key=lambda row: int(str(row["单位序号"])))
        for row in rows:
            for heading in HIDDEN:
                row.pop(heading, None)
        assert headings == [heading for heading in frame.columns if heading in headings]
        seen |= dict.fromkeys(headings)
        numbers = {row["单位序号"] for row in rows}
        assert differing(frame[frame["单位序号"].isin(numbers)], rows, {}) == []
    new, former = FORMER.get(name, ("序号", "序号"))
    assert list(frame.get(new, [])) == list(frame.get(former, []))
    assert set(frame.columns) - set(seen) <= OF_ANALYSIS | {former}


@each_folder
def test_the_returned_are_those_of_the_book(folder: str) -> None:
    result, frame = collected(folder), frames.findings(collected(folder))
    _, rows = book(folder)["退回与提醒"]
    rows = [{name: one for name, one in row.items() if name not in HIDDEN} for row in rows]
    returned = frame[frame["单位序号"].isna()]
    assert differing(returned, rows, IN_FINDINGS) == []
    assert set(returned["单位名称"].dropna()) == {
        unit.name
        for unit in result.units
        for file in result.files
        if file.unit == unit.key and file.findings
    }


def test_every_frame_tells_whose_and_of_which_form() -> None:
    for make in MAKERS.values():
        frame = make(collected("mixed"))
        forms = dict(
            frames.summary(collected("mixed"))[["单位序号", "表种"]].itertuples(index=False)
        )
        mine = frame[frame["单位序号"].notna()]
        assert list(mine["表种"].fillna("")) == [
            "" if forms[number] is pd.NA else forms[number] for number in mine["单位序号"]
        ]
        assert set(mine["预算编码"]) <= {unit.code for unit in collected("mixed").units}
        assert list(mine["单位序号"]) == sorted(mine["单位序号"])


def test_what_is_waived_keeps_its_level_for_analysis() -> None:
    """工作表上划去、写“豁免”；作分析的要原来的级别，凭理由筛掉。"""
    request = Request(
        folder=SAMPLES / "inbox",
        roster=SAMPLES / "名单.xlsx",
        waivers=SAMPLES / "豁免.xlsx",
        jobs=1,
    )
    result = collect(request)
    frame = frames.findings(result)
    waived = frame[frame["豁免的理由"].notna()]
    notes = [note for unit in result.units if unit.adopted for note in unit.notes() if note.waiver]
    assert list(waived["级别"]) == [note.finding.label for note in notes]
    assert list(waived["豁免的理由"]) == [note.waiver for note in notes]
    assert notes
    _, rows = registers(frozen(consolidated_plan(make_sources(result, ""))))["疑点清单"]
    assert [row["级别"] for row in rows].count(WAIVED) == len(notes)


def test_the_columns_stand_even_when_nothing_was_reported(tmp_path: Path) -> None:
    empty = collect(Request(folder=tmp_path))
    for make in (frames.summary, frames.scores, frames.indicators, frames.findings):
        frame = make(empty)
        assert len(frame) == 0
        assert "单位名称" in frame.columns
    assert "实现值" in frames.indicators(empty).columns
    assert "履职效能" in frames.summary(empty).columns


def test_parquet_keeps_every_value_and_its_type() -> None:
    """写成 Parquet 再读回，值、类型、没有的、各栏的次序都一样。"""
    result = collected("mixed")
    kinds = set()
    for frame in (frames.summary(result), frames.scores(result), *frames.filled(result).values()):
        handle = BytesIO()
        frames.save(frame, handle, frames.PARQUET)
        pd.testing.assert_frame_equal(pd.read_parquet(handle), frame, check_exact=True)
        kinds |= {str(kind) for kind in frame.dtypes}
    assert {"string", "Float64", "Int64"} <= kinds


def test_pandas_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys, xltool.frames; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_examples_of_the_page_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """后一段读导出的表，先照那一页导出。"""
    root = Path(__file__).parents[2]
    text = (root / "docs" / "分析.md").read_text("utf-8")
    first, question = re.findall(r"```python\n(.+?)```", text, re.DOTALL)
    monkeypatch.chdir(root)
    exec(compile(first, "分析.md", "exec"), {})  # noqa: S102 - our own page
    assert "示例市教育局" in capsys.readouterr().out
    monkeypatch.chdir(tmp_path)
    (tmp_path / "汇总.xlsx").write_bytes(render_book(plan("inbox")))
    assert xltool("export", "汇总.xlsx").code == 0
    capsys.readouterr()
    exec(compile(question, "分析.md", "exec"), {})  # noqa: S102 - our own page
    head, *rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert head == ["规则", "另一条", "提升度", "单位数"]
    standing = {
        (unit.name, one.code)
        for unit in collected("inbox").units
        if unit.adopted
        for one in unit.findings()
        if one.label in {"错误", "警告"}
    }
    units = len({name for name, _ in standing})
    assert rows
    for one, other, lift, count in rows:
        own, others = ({name for name, code in standing if code == c} for c in (one, other))
        assert int(count) == len(own & others) >= 2
        assert float(lift) == pytest.approx(len(own & others) * units / len(own) / len(others))
