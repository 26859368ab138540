"""xltool claims 和 check 一起给的自评报告。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_runner import xltool
from report_marks import SAMPLES, SEED, docx, report_bytes

from xltool.facts.claims import CLAIMS
from xltool.intake.submission import understand_book
from xltool.scoring.catalogue import ready_schemes
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from pathlib import Path

FORM = SAMPLES / "as_published" / "江门市工业和信息化局.xlsx"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / f"{SEED}.docx"
    path.write_bytes(report_bytes(SEED))
    return path


def test_the_sheet_is_filled_in_a_copy(report: Path, tmp_path: Path) -> None:
    form, filled = tmp_path / "评分表.xlsx", tmp_path / "评分表_关键数据.xlsx"
    form.write_bytes(FORM.read_bytes())
    ran = xltool("claims", report, form)
    assert ran.code == 0, ran.err
    assert form.read_bytes() == FORM.read_bytes()
    before, after = (
        understand_book(read_book(path), ready_schemes()).submission  # type: ignore[arg-type]
        for path in (form, filled)
    )
    assert before is not None
    assert after is not None
    added = after.entries.keys() - before.entries.keys()
    assert {key.sheet for key in added} == {CLAIMS}
    assert all(after.entries[key] == entry for key, entry in before.entries.items())
    assert len(after.records[CLAIMS]) == 30
    figures = {entry.raw for key, entry in after.entries.items() if key.column == "figure"}
    assert {"333", "432", "465", "262", "超1.9", "76.61亿元÷50.96=约2亿元"} <= figures
    again = xltool("claims", report, form)
    assert (again.code, "已存在，没有写出" in again.err) == (2, True)
    assert xltool("claims", report, form, "-o", form, "--force").code == 2  # 收来的不覆盖
    told = xltool("claims", "--json", report, filled, "-o", tmp_path / "再填.xlsx").document
    assert told["claims"] == []  # 填过的一行也不再填


def test_a_report_is_checked_with_the_form_it_is_given_with(report: Path, tmp_path: Path) -> None:
    ran = xltool("check", FORM, report)
    place = f"{SEED}.docx 一（二）4第1段第3句"
    assert f"错误 规则X01 {place} " in ran.out
    assert "未判" not in ran.out
    broken = tmp_path / "坏的.docx"
    broken.write_bytes(report_bytes(SEED)[:-9])
    ran = xltool("check", FORM, broken)
    assert "× 坏的.docx（不能读）：退回\n警告 编码C320 " in ran.out
    assert ".docx 一（" not in ran.out
    two = xltool("check", FORM, SAMPLES / "inbox" / "示例市教育局.xlsx", report)  # 凭名称配
    assert two.out.count(place) == ran.out.count(place) + 1
    assert xltool("claims", broken, FORM).code == 2
    both = xltool("check", FORM, report, broken)  # 另有一份读不了：不再当作唯一的一份，凭名称配
    assert both.out.count(place) == two.out.count(place)


def test_reports_of_one_name_in_two_folders_are_both_read_and_a_stray_one_is_said(
    tmp_path: Path,
) -> None:
    named = {
        SEED: report_bytes(SEED),
        "某县水利局": docx("部门名称：某县水利局\n\n一、概况\n\n无。\n"),
    }
    reports = [tmp_path / name / "自评报告.docx" for name in named]
    for path, data in zip(reports, named.values(), strict=True):
        path.parent.mkdir()
        path.write_bytes(data)
    ran = xltool("--json", "check", FORM, *reports).document
    (form,) = ran["files"]  # type: ignore[misc]
    assert any("自评报告.docx 一" in one["sheet"] for one in form["findings"])
    (left,) = ran["reports"]  # type: ignore[misc]
    assert (left["code"], left["file"]) == ("C322", str(reports[1]))
    assert "某县水利局" in left["message"]
