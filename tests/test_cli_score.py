"""xltool score：逐项得分、另存的表、退出码。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_forms import good_form, write
from cli_runner import xltool

from xltool.intake.submission import read_submission
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_schemes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return write(tmp_path, "表.xlsx", good_form(department="江门市教育局"))


def test_the_table_names_every_indicator_with_both_scores_and_the_trace(form: Path) -> None:
    ran = xltool("score", form)
    lines = ran.out.splitlines()
    assert ran.code == 0
    assert len(lines) == 28
    assert lines[0].split() == ["编码", "三级指标", "分值", "自评得分", "系统得分", "计算过程"]
    trace = "决算支出27246.58÷调整后预算数27246.58=100%，×5分=5.00"
    assert lines[3].split() == ["03", "部门预算资金支出率", "5.00", "5.00", "5.00", trace]
    assert lines[27].split()[:4] == ["合计", "100.00", "100.00", "100.00"]
    last = "江门市教育局：系统得分 100.00（优），自评 100.00；错误 0 处，警告 2 处，提示 0 处。\n"
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
    assert ran.err.splitlines()[-1] == "错误：“评分.xlsx”已存在。"
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
    assert "错误 S02 封面!C17" in ran.out
    assert "警告" not in ran.out
    assert "警告 C02" in xltool("score", tmp_path / "表.xlsx", "-v").out


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
        "trace": "决算支出27246.58÷调整后预算数27246.58=100%，×5分=5.00",
    }
