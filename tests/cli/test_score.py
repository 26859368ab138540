"""xltool score：逐项得分、另存的表、退出码。"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from cli_forms import good_form, write
from cli_runner import xltool
from read_forms import read_submission
from roster_books import Page, roster_book

from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_schemes

DEMONSTRATION = Path(__file__).parents[2] / "sample_inputs" / "inbox" / "江门市工业和信息化局.xlsx"
TRACE = "决算支出27246.58÷调整后预算数27246.58=100%，×5分=5.00"
RULE = "比例=决算支出÷调整后预算数×100%，得分=比例×5分，最高5分；调整后预算数为0的，不得分。"
SOURCE = "重建：得分=支出率×分值，封顶"


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return write(tmp_path, "表.xlsx", good_form(department="江门市教育局"))


def test_the_table_names_every_indicator_with_both_scores_and_the_trace(form: Path) -> None:
    ran = xltool("score", form)
    lines = ran.out.splitlines()
    assert ran.code == 0
    assert len(lines) == 28
    assert lines[0].split() == ["编码", "三级指标", "分值", "自评得分", "系统得分", "计算过程"]
    assert lines[3].split() == ["03", "部门预算资金支出率", "5.00", "5.00", "5.00", TRACE]
    assert lines[27].split()[:4] == ["合计", "100.00", "100.00", "100.00"]
    last = "江门市教育局：系统得分 100.00（优），自评 100.00；错误 0 处，警告 2 处，提示 1 处。\n"
    assert ran.err == last


def test_the_scored_form_is_saved_and_reads_back(form: Path, tmp_path: Path) -> None:
    target = tmp_path / "评分.xlsx"
    ran = xltool("score", form, "-o", target)
    assert ran.code == 0
    assert ran.err.splitlines()[-1] == f"已写入 {target}"
    submission = read_submission(target, ready_schemes()).submission
    assert submission is not None
    assert submission.entries[CellKey("cover", "department")].value == "江门市教育局"


def test_an_existing_file_is_kept_unless_forced(form: Path, tmp_path: Path) -> None:
    target = write(tmp_path, "评分.xlsx", b"old")
    ran = xltool("score", form, "-o", target)
    assert (ran.code, ran.out, target.read_bytes()) == (2, "", b"old")
    assert ran.err.splitlines()[-1] == f"错误：“{target}”已存在，没有写出。"
    assert xltool("score", form, "-o", target, "--force").code == 0
    assert target.read_bytes() != b"old"


def test_the_submission_itself_is_never_overwritten(form: Path) -> None:
    before = form.read_bytes()
    ran = xltool("score", form, "-o", form, "--force")
    assert (ran.code, form.read_bytes()) == (2, before)


def test_a_refused_file_has_no_score_and_writes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "评分.xlsx"
    ran = xltool("score", write(tmp_path, "空.xlsx", b""), "-o", target)
    assert ran.code == 1
    assert not target.exists()
    assert ran.err.startswith("空.xlsx 不能读，没有计分；错误 1 处")


def test_errors_are_printed_and_give_code_one(tmp_path: Path) -> None:
    ran = xltool("score", write(tmp_path, "表.xlsx", good_form(self_grade="良")))
    assert ran.code == 1
    assert "错误 规则S02 封面!C17" in ran.out
    assert "警告" not in ran.out
    assert "警告 规则C02" in xltool("score", tmp_path / "表.xlsx", "-v").out


def test_a_locked_target_is_written_under_another_name(
    form: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "评分_2.xlsx"
    monkeypatch.setattr("xltool.excel.write.write_book", lambda *_: other)
    ran = xltool("score", form, "-o", tmp_path / "评分.xlsx")
    assert ran.code == 3
    assert ran.err.splitlines()[-1] == f"已写入 {other}"


def test_json_has_stable_keys_and_numbers_as_text(form: Path) -> None:
    document = xltool("score", form, "--json").document
    assert list(document) == [
        "schema",
        "file",
        "sha256",
        "ok",
        "scheme",
        "unit",
        "total",
        "self_total",
        "grade",
        "self_grade",
        "indicators",
        "findings",
        "output",
    ]
    assert (document["total"], document["self_total"]) == ("100.00", "100")
    assert document["output"] is None
    assert document["indicators"][2] == {
        "code": "03",
        "title": "部门预算资金支出率",
        "points": "5",
        "score": "5.00",
        "self_score": "5",
        "trace": TRACE,
        "rule": RULE,
        "source": SOURCE,
        "cells": [
            {"sheet": "收支与资产", "cell": "C8"},
            {"sheet": "收支与资产", "cell": "C10"},
        ],
        "explanation": (f"{TRACE}。评分标准：{RULE}来源：{SOURCE}。取数：收支与资产!C8、C10。"),
        "deductions": [],
    }


def test_json_lists_what_was_deducted_and_what_avoids_it() -> None:
    """97.35 分的示例：扣的 2.65 分逐条列出（docs/来源.md §9）。"""
    document = xltool("score", DEMONSTRATION, "--json").document
    found = {one["code"]: one for one in document["indicators"]}
    assert found["03"]["deductions"] == [
        {
            "points": "0.10",
            "why": "决算支出26701.65万元只有调整后预算数27246.58万元的98.00%",
            "avoid": "决算支出达到调整后预算数27246.58万元（还差544.93万元），可不扣",
            "sheet": "收支与资产",
            "cell": "C10",
        }
    ]
    # 2055-665=1390，441.01-333.84=107.17；(1-0.32360)÷5×5=0.6764，(1-0.75699)=0.2430
    assert [tuple(one.values()) for one in found["05"]["deductions"]] == [
        (
            "0.68",
            "第1行“促进工业企业上规模专项资金（第一批）”实际支出665万元只有安排数2055万元的32.36%",
            "实际支出达到安排数2055万元（还差1390万元），可不扣",
            "专项资金",
            "D7",
        ),
        (
            "0.24",
            "第2行“省产业共建扶持市级配套资金”实际支出333.84万元只有安排数441.01万元的75.70%",
            "实际支出达到安排数441.01万元（还差107.17万元），可不扣",
            "专项资金",
            "D8",
        ),
    ]
    assert found["04"]["cells"] == [{"sheet": "绩效目标完成情况", "cell": "H7:H26"}]
    points = {
        code: [Decimal(one["points"]) for one in item["deductions"]]
        for code, item in found.items()
        if item["deductions"]
    }
    assert {code: f"{sum(parts)}" for code, parts in points.items()} == {
        "01": "0.33",
        "02": "0.50",
        "03": "0.10",
        "04": "0.80",
        "05": "0.92",
    }
    cells = {code: [one["cell"] for one in item["deductions"]] for code, item in found.items()}
    assert (cells["01"], cells["02"]) == (["H9", "H12"], ["H21", "H23"])
    assert cells["04"] == ["H9", "H12", "H21", "H23"]


def test_deductions_are_printed_below_the_table() -> None:
    lines = xltool("score", DEMONSTRATION).out.splitlines()
    start = lines.index("扣了 2.65 分（填错的请改正；没有做到的如实说明，下年度做到）：")
    assert (start, lines[start - 1]) == (29, "")
    printed = lines[start + 1 : lines.index("", start)]
    assert len(printed) == 2 * 11
    assert printed[8:10] == [
        "03 扣 0.10 分 收支与资产!C10 决算支出26701.65万元只有调整后预算数27246.58万元的98.00%",
        "       怎样不扣：决算支出达到调整后预算数27246.58万元（还差544.93万元），可不扣",
    ]


def test_verbose_explains_every_indicator_in_one_line() -> None:
    lines = xltool("score", DEMONSTRATION, "-v").out.splitlines()
    third = lines.index("03 部门预算资金支出率")
    assert lines[third + 1].startswith(
        "    决算支出26701.65÷调整后预算数27246.58=98.00%，×5分=4.90。"
    )
    assert lines[third + 1].endswith(
        "来源：重建：得分=支出率×分值，封顶。取数：收支与资产!C8、C10。"
    )
    assert lines[third + 2].startswith("    扣 0.10 分 收支与资产!C10 ")
    assert lines[third + 4] == ""
    assert "扣了 2.65 分（填错的请改正；没有做到的如实说明，下年度做到）：" not in lines
    assert sum("。评分标准：" in line for line in lines) == 26


def test_a_path_that_is_not_there_could_not_be_run(tmp_path: Path) -> None:
    ran = xltool("score", tmp_path / "没有.xlsx")
    assert ran.code == 2
    assert "不存在，或不是文件。" in ran.err


def test_a_summary_given_as_a_form_is_called_a_summary(tmp_path: Path) -> None:
    page = Page([("一", "二")])
    book = roster_book(汇总=page, 得分明细=page, 疑点清单=page, 报送情况=page)
    ran = xltool("score", write(tmp_path, "汇总.xlsx", book))
    assert ran.code == 1
    assert "编码R205 这是汇总，不是一个单位填报的表" in ran.out
    assert "用 xltool report 写通报" in ran.out
