"""问题由重到轻：终端、退回件、退回通知同一个次序。"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from cli_forms import good_form, write
from cli_runner import xltool
from openpyxl_books import loaded
from small_docx import texts

from xltool.address import At
from xltool.assessment.harm import Harm
from xltool.assessment.noted import Noted
from xltool.finding import Finding, Severity
from xltool.intake.statements import NAME
from xltool.scheme.key import CellKey
from xltool.scoring.scored import Scored

if TYPE_CHECKING:
    from pathlib import Path

FORM = "form"
BLOCKED = ("finance.total", "management.new_projects")  # 没有它，支出率、事前评估的指标不能计分


def score(code: str, points: int, value: int | None, *used: str) -> Scored:
    keys = tuple(CellKey(*name.split(".")) for name in used)
    worth = None if value is None else Decimal(value)
    return Scored(code, Decimal(points), worth, None, "", keys, (), ())


def note(name: str, severity: Severity, row: str = "", *, explained: str = "") -> Noted:
    at, key = (At(1, 1), CellKey("s", row)) if row else (None, None)
    return Noted(Finding(name, severity, "", "", explained=explained, at=at), key)


def test_what_comes_first_is_defined_once() -> None:
    error, warning = Severity.ERROR, Severity.WARNING
    expected = [
        note("整份", error),
        note("使指标不能计分", error, "c"),
        note("关系到十五分", error, "a"),
        note("关系到十分", error, "b"),
        note("评分表的一行，五分", error, "02")._replace(key=CellKey(FORM, "02", "self_score")),
        note("不关分值", error, "x"),
        note("整份的警告", warning),
        note("须说明", warning, "c"),
        note("供核对", Severity.NOTICE, "a"),
        note("说明了的", warning, "x", explained="属实"),
        note("自评报告里的一句", Severity.NOTICE)._replace(place="?X"),
    ]
    sentence = expected[-1].finding._replace(sheet="二（一）第3段")
    expected[-1] = expected[-1]._replace(finding=sentence)
    scores = (
        score("01", 10, 9, "s.a", "s.b"),
        score("02", 5, 5, "s.a"),
        score("03", 1, None, "s.c"),
    )
    harm = Harm(FORM, scores)
    swapped = [expected[at] for at in (8, 5, 3, 10, 0, 7, 2, 9, 1, 6, 4)]
    assert sorted(swapped, key=harm.rank)[:-2] == expected[:-2]
    assert sorted(expected, key=harm.rank) == expected  # 一样的照原来的先后


def test_the_terminal_the_copy_and_the_notice_follow_one_order(tmp_path: Path) -> None:
    data = good_form(without=BLOCKED, self_grade="良")
    (tmp_path / "报送").mkdir()
    file = write(tmp_path / "报送", "教育局.xlsx", data)
    ran = xltool("check", file, "--marked", tmp_path / "标注")
    said = re.findall(
        "^(?:错误|警告|提示|已说明) (?:规则|编码)([A-Z][0-9]+) ([^ ]+)", ran.out, re.MULTILINE
    )
    assert xltool("return", tmp_path / "报送", "-o", tmp_path / "退回").code == 0
    for copy in (tmp_path / "标注", tmp_path / "退回"):
        (path,) = copy.glob("*_退回修改.xlsx")
        rows = list(loaded(path)[NAME].iter_rows(min_row=6, max_col=5, values_only=True))
        assert [(code, where) for _, _, code, where, _ in rows] == said
    (notice,) = (tmp_path / "退回").glob("*_通知.docx")
    asked = [
        text.split("．", 1)[1] for text in texts(notice.read_bytes()) if re.match(r"\d+．", text)
    ]
    must = [f"{where}　{message}" for _, label, _, where, message in rows if label == "错误"]
    assert len(must) > 2
    assert [text.startswith(begun) for text, begun in zip(asked, must, strict=False)] == [
        True
    ] * len(must)
    assert said[0][1] != "封面!C17"  # 等级在前面的表上，却不使指标不能计分
