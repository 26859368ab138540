"""xltool explain：规则的说明页与登记簿一致。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cli_runner import xltool

from xltool.cli.console import Console
from xltool.cli.explain import _messages, _show_message
from xltool.flags.page import rule_page
from xltool.flags.registry import rules
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    import pytest


def test_without_a_code_every_rule_is_listed() -> None:
    ran = xltool("explain")
    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == [rule.code for rule in rules()]
    assert ran.err == f"共 {len(rules())} 条疑点规则；xltool explain 编码 看一条的说明。\n"


def test_a_code_prints_the_page_of_its_rule() -> None:
    rule = next(rule for rule in rules() if rule.code == "K02")
    scheme, _ = ready_scheme("jiangmen-2025-special")
    assert xltool("explain", "k02").out == rule_page(rule, scheme)


def test_codes_of_refusals_and_readings_are_explained_too() -> None:
    assert xltool("explain", "R104").out.splitlines()[:4] == [
        "R104（错误）",
        "",
        "说法",
        "  文件是空的（0 字节）",
    ]


def test_an_unknown_code_or_scheme_is_a_wrong_call() -> None:
    ran = xltool("explain", "Z99")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == "错误：没有“Z99”这个编码。"
    assert xltool("explain", "K02", "--scheme", "没有").code == 2


def test_json_is_one_document_either_way() -> None:
    listed = xltool("explain", "--json").document["rules"]
    (one,) = xltool("explain", "K02", "--json").document["rules"]
    assert one in listed
    assert list(one) == [
        "code",
        "title",
        "severity",
        "also",
        "why",
        "thresholds",
        "source",
        "remedy",
        "fires",
        "silent",
    ]
    assert (one["severity"], one["also"]) == ("warning", ["notice"])
    (message,) = xltool("explain", "R104", "--json").document["messages"]
    assert (message["code"], message["severity"]) == ("R104", "error")


def test_what_is_filled_in_later_is_shown_as_an_ellipsis(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "“…”没有填…" in xltool("explain", "V170").out
    assert "随情况而定" in xltool("explain", "C160").out
    for message in _messages():  # 几百个编码，不必个个从命令走一遍
        _show_message(Console(), message)
        out = capsys.readouterr().out
        assert out.startswith(message.code)
        assert not re.search(r"[{}]", out), message.code


def test_a_code_that_is_nearly_right_is_guessed() -> None:
    assert xltool("explain", "S2").err.startswith("办法：是不是 S02？")
