"""xltool check：退出码、两个输出、JSON。"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from cli_forms import good_form, write
from cli_runner import xltool

from xltool.collection.statuses import FileStatus

if TYPE_CHECKING:
    import pytest


def test_a_good_form_passes(tmp_path: Path) -> None:
    file = write(tmp_path, "教育局.xlsx", good_form(department="江门市教育局"))
    before = file.read_bytes()
    ran = xltool("check", file)
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "√ 教育局.xlsx（江门市教育局）：采用，须说明2处"
    assert ran.err == "共 1 份：能读 1，不能读 0；错误 0 处，警告 2 处，提示 1 处。\n"
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_verbose_names_what_an_unjudged_rule_lacks(tmp_path: Path) -> None:
    ran = xltool("-v", "check", write(tmp_path, "教育局.xlsx", good_form()))
    told = [line for line in ran.err.splitlines() if line.startswith("未判 ")]
    expected = "未判 规则Q03 今年的预期值远低于上年的实现值：缺上年度的报送（用 --last-year 给出）"
    assert expected in told
    document = xltool("check", "--json", tmp_path / "教育局.xlsx").document
    rules = document["files"][0]["rules"]
    unjudged = [code for code, rule in rules.items() if rule["outcome"] == "unjudged"]
    assert [line.split(" ")[1].removeprefix("规则") for line in told] == unjudged


def test_an_unjudged_rule_is_named_in_the_words_of_the_form() -> None:
    mixed = Path(__file__).parents[2] / "sample_inputs" / "mixed"
    ran = xltool("-v", "check", mixed / "示例市城市管理局_垃圾分类示范片区.xlsx")
    assert "未判 规则Q03 今年的年度指标值远低于上年的实际完成值：缺上年度的报送" in ran.err


def test_an_error_gives_code_one_and_names_the_cell(tmp_path: Path) -> None:
    file = write(tmp_path, "教育局.xlsx", good_form(self_grade="良"))
    ran = xltool("check", file)
    assert ran.code == 1
    assert ran.out.splitlines()[0].startswith("√ 教育局.xlsx（")
    assert "：采用，须改正1处，" in ran.out.splitlines()[0]
    assert "错误 规则S02 封面!C17 " in ran.out
    assert "    办法：" in ran.out


def test_a_file_that_cannot_be_read_is_refused_with_its_remedy(tmp_path: Path) -> None:
    ran = xltool("check", write(tmp_path, "空.xlsx", b""))
    assert ran.code == 1
    assert ran.out == (
        "× 空.xlsx（不能读）：退回\n"
        "错误 编码R104 文件是空的（0 字节）\n"
        "    办法：请重新发送原文件；用聊天软件或邮箱传送的，确认传完后再报。\n"
    )
    assert ran.err == "共 1 份：能读 0，不能读 1；错误 1 处，警告 0 处，提示 0 处。\n"


def test_quiet_leaves_errors_and_very_quiet_leaves_the_code(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "好.xlsx", good_form()),
        write(tmp_path, "空.xlsx", b""),
    ]
    quiet = xltool("check", *files, "-q")
    assert (quiet.code, quiet.err) == (1, "")
    assert quiet.out.startswith("错误 编码R104 文件是空的")
    very = xltool("-qq", "check", *files)
    assert (very.code, very.out, very.err) == (1, "", "")


def test_json_of_a_refused_file_is_complete(tmp_path: Path) -> None:
    ran = xltool("check", write(tmp_path, "空.xlsx", b""), "--json")
    assert ran.document == {
        "schema": "xltool/1",
        "files": [
            {
                "file": "空.xlsx",
                "sha256": "",
                "ok": False,
                "scheme": None,
                "unit": None,
                "findings": [
                    {
                        "code": "R104",
                        "severity": "error",
                        "file": "空.xlsx",
                        "sheet": "",
                        "cell": "",
                        "message": "文件是空的（0 字节）",
                        "remedy": "请重新发送原文件；用聊天软件或邮箱传送的，确认传完后再报。",
                        "explained": None,
                    }
                ],
                "rules": {},
            }
        ],
        "counts": {
            "found": 1,
            "readable": 0,
            "refused": 1,
            "error": 1,
            "warning": 0,
            "notice": 0,
            "explained": 0,
        },
    }


def test_json_of_a_good_form_gives_each_rule_one_of_three_outcomes(tmp_path: Path) -> None:
    data = good_form(department="江门市教育局", department_code="101")
    (file,) = xltool("--json", "check", write(tmp_path, "表.xlsx", data)).document["files"]
    assert file["unit"] == {"code": "101", "name": "江门市教育局", "project": ""}
    assert file["scheme"] == {"id": "jiangmen-2025-special", "version": "2025.1"}
    assert len(file["sha256"]) == 64
    assert file["rules"]["S02"] == {"outcome": "pass", "missing": []}
    assert file["rules"]["C02"] == {"outcome": "hit", "missing": []}
    assert {rule["outcome"] for rule in file["rules"].values()} <= {"hit", "pass", "unjudged"}


def test_a_limit_can_be_widened_and_a_wrong_limit_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path, "表.xlsx", good_form())
    monkeypatch.setenv("XLTOOL_MAX_CELLS", "10")
    assert "R133" in xltool("check", file).out
    monkeypatch.setenv("XLTOOL_MAX_CELLS", "很多")
    ran = xltool("check", file)
    assert ran.code == 2
    expected = "错误：环境变量 XLTOOL_MAX_CELLS 应是正整数，现为“很多”。"
    assert ran.err.splitlines()[-1] == expected


def test_a_blank_cell_is_told_how_to_fill_it(tmp_path: Path) -> None:
    """数字填 0，列表里选一项，不叫人往“是、否”的格里填 0。"""
    blank = ("finance.initial", "management.budget_disclosed")
    data = good_form(without=blank)
    ran = xltool("check", write(tmp_path, "教育局.xlsx", data), "--json")
    found = ran.document["files"][0]["findings"]
    told = {one["message"]: one["remedy"] for one in found if one["code"] == "V170"}
    assert told == {
        "“年初预算数”没有填": "请填写；没有发生的填 0。",
        "“部门预算按规定时间、内容和平台公开”没有填": "请从下拉列表里选：是、否、不适用。",
    }


def test_a_file_is_called_what_the_collection_calls_it(tmp_path: Path) -> None:
    """没有填的、没有写是谁的、填好的：单份检查与汇总用的是同一个词。"""
    inbox = tmp_path / "报送"
    inbox.mkdir()
    template = Path(__file__).parents[2] / "workbook_templates" / "评分表_有专项资金_2025.1.xlsx"
    shutil.copy(template, inbox / "没有填.xlsx")
    write(inbox, "没有名.xlsx", good_form(without=("cover.department",)))
    write(inbox, "填好.xlsx", good_form())
    files = sorted(inbox.iterdir())
    checked = [line for line in xltool("check", *files).out.splitlines() if line[0] in "√×○"]
    words = {line[2:].partition("（")[0]: line.rpartition("：")[2] for line in checked}
    ran = xltool("collect", inbox, "-o", tmp_path / "汇总.xlsx", "--json")
    known = {one["file"]: FileStatus(one["status"]).label for one in ran.document["files"]}
    assert {file: word.partition("，")[0] for file, word in words.items()} == known
    assert set(known.values()) == {"没有填报", "退回", "采用"}
