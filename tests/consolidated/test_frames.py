"""pandas 的表：列名、类型、次序、没有的值。"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from cli_forms import good_form
from collection_builder import ROSTER, roster_bytes

from xltool import frames
from xltool.collection.collect import collect
from xltool.collection.model import Request

if TYPE_CHECKING:
    from xltool.collection.model import Collection


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
    return collect(Request(folder=inbox, roster=roster))


def test_summary_has_every_unit_in_roster_order(collection: Collection) -> None:
    frame = frames.summary(collection)
    assert list(frame["单位名称"])[:4] == [
        "江门市财政局",
        "江门市教育局",
        "江门市工业和信息化局",
        "江门市民政局",
    ]
    assert list(frame["报送状态"])[:4] == ["已报", "已报", "未报", "零报送"]
    assert list(frame.columns[:8]) == [
        "预算编码",
        "单位名称",
        "报送状态",
        "名次",
        "自评得分",
        "系统得分",
        "系统等级",
        "自评等级",
    ]
    assert list(frame.columns[-4:]) == ["错误", "警告", "提示", "来源文件"]
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
    assert list(frame.columns[:6]) == [
        "预算编码",
        "单位名称",
        "序号",
        "一级指标",
        "二级指标",
        "三级指标",
    ]
    assert {"预期值", "实现值", "完成率", "佐证材料"} <= set(frame.columns)
    assert frame["完成率"].dtype == "Float64"
    assert list(frame["序号"]) == [1, 2, 1, 2]
    report = collection.units[0].report()
    from xltool.scheme.key import CellKey

    assert frame["实现值"][0] == str(report.contents[CellKey("indicators", "1", "actual")])


def test_findings_come_by_unit_then_by_file_then_of_the_whole(collection: Collection) -> None:
    frame = frames.findings(collection)
    counts = collection.counts
    assert len(frame) == counts.error + counts.warning + counts.notice
    assert frame["单位名称"][0] == "江门市财政局"
    refused = frame[frame["来源文件"] == "c.xlsx"]
    assert list(refused["规则"]) == ["R104"]
    assert list(refused["级别"]) == ["错误"]
    assert refused["单位名称"].isna().all()
    assert refused["单元格"].isna().all()


def test_the_columns_stand_even_when_nothing_was_reported(tmp_path: Path) -> None:
    empty = collect(Request(folder=tmp_path))
    for make in (frames.summary, frames.scores, frames.indicators, frames.findings):
        frame = make(empty)
        assert len(frame) == 0
        assert "单位名称" in frame.columns
    assert "实现值" in frames.indicators(empty).columns
    assert "履职效能" in frames.summary(empty).columns


def test_pandas_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys, xltool.frames; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_example_of_the_page_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = Path(__file__).parents[2]
    (example,) = re.findall(
        r"```python\n(.+?)```", (root / "docs" / "分析.md").read_text("utf-8"), re.DOTALL
    )
    monkeypatch.chdir(root)
    exec(compile(example, "分析.md", "exec"), {})  # noqa: S102 - our own page
    assert "示例市教育局" in capsys.readouterr().out
