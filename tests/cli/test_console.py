"""印到哪里、印什么：控制字符不起作用，号码遮住，颜色从不是唯一的区别。"""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout

import pytest

from xltool.address import At
from xltool.cli.console import Console, json_text
from xltool.cli.text import padded, safe, table
from xltool.finding import Finding, Severity

ERROR = Finding(
    code="K05",
    severity=Severity.ERROR,
    message="实现值“\x1b[2J完成”无法核实",
    remedy="打 13812345678 问清",
    sheet="绩效目标完成情况",
    at=At(26, 8),
)
NOTICE = Finding(code="V101", severity=Severity.NOTICE, message="按 95 计", remedy="核对")


class Terminal(io.StringIO):
    """认得颜色的终端。"""

    def isatty(self) -> bool:
        return True


def printed(console: Console, *findings: Finding, stream: io.StringIO | None = None) -> str:
    target = stream or io.StringIO()
    with redirect_stdout(target):
        console.findings(findings)
    return target.getvalue()


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("教育局", "教育局"),
        ("\x1b]0;标题\x07清屏\x1b[2J", "\\u001b]0;标题\\u0007清屏\\u001b[2J"),
        ("一行\r\n二行\t三列", "一行 二行 三列"),
        ("\u202e倒着写\u202c", "\\u202e倒着写\\u202c"),
        ("\x9b31m", "\\u009b31m"),
        ("坏\udc80字节", "坏\\udc80字节"),
        ("电话13812345678", "电话138****5678"),
        ("电话138\u200b1234\u200b5678", "电话138****5678"),
        ("+86 138.1234.5678", "+86 138****5678"),
        ("身份证44070219900101123X", "身份证440702********123X"),
    ],
)
def test_safe_text_cannot_act_and_hides_personal_numbers(raw: str, shown: str) -> None:
    assert safe(raw) == shown


def test_a_finding_is_two_lines_with_word_code_place_and_remedy() -> None:
    assert printed(Console(), ERROR) == (
        "错误 规则K05 绩效目标完成情况!H26 实现值“\\u001b[2J完成”无法核实\n"
        "    办法：打 138****5678 问清\n"
    )


def test_a_finding_without_a_place_has_none() -> None:
    assert printed(Console(), NOTICE) == "提示 编码V101 按 95 计\n    办法：核对\n"


def test_quiet_prints_errors_only_and_very_quiet_nothing() -> None:
    assert "V101" not in printed(Console(quiet=1), ERROR, NOTICE)
    assert "K05" in printed(Console(quiet=1), ERROR, NOTICE)
    assert printed(Console(quiet=2), ERROR, NOTICE) == ""


def test_json_replaces_the_lines() -> None:
    assert printed(Console(as_json=True), ERROR) == ""


def test_color_only_on_a_terminal_and_only_when_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert printed(Console(), NOTICE, stream=Terminal()).startswith("\x1b[36m提示\x1b[0m 编码V101")
    assert printed(Console(no_color=True), NOTICE, stream=Terminal()).startswith("提示 编码V101")
    monkeypatch.setenv("NO_COLOR", "1")
    assert printed(Console(), NOTICE, stream=Terminal()).startswith("提示 编码V101")


def test_json_escapes_what_cannot_be_seen_and_still_reads_back() -> None:
    document = {"raw": "甲\x1b\x9b\u202e\U000e0041\ud800乙\n"}
    text = json_text(document)
    assert json.loads(text) == document
    assert all(char == "\n" or char.isprintable() for char in text)
    assert "甲" in text


def test_json_is_plain_ascii_where_the_stream_is_not_utf8() -> None:
    text = json_text({"名": "甲"}, "gbk")
    assert text.isascii()
    assert json.loads(text) == {"名": "甲"}


def test_every_mark_we_print_can_be_written_in_gbk() -> None:
    assert "√×·●→…—".encode("gbk")


def test_table_counts_chinese_characters_as_two() -> None:
    assert table([("编码", "名"), ("1", "教育局"), ("长编码", "乙")]) == (
        "编码    名",
        "1       教育局",
        "长编码  乙",
    )
    assert padded("甲", 4) == "甲  "
