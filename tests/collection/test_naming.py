"""文件名的写法和个人号码的遮盖。"""

from __future__ import annotations

import os

import pytest

from xltool.values.naming import masked, safe_name


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("教育局.xlsx", "教育局.xlsx"),
        (os.fsdecode("财政局.xlsx".encode("gbk")), "财政局.xlsx"),
        (os.fsdecode(b"\xff\xff.xlsx"), "\\udcff\\udcff.xlsx"),
        ("财政\u202excod.xlsx", "财政\\u202excod.xlsx"),
        ("一行\n两行.xlsx", "一行\\u000a两行.xlsx"),
        ("终端\x1b[31m.xlsx", "终端\\u001b[31m.xlsx"),
        ("cafe\u0301.xlsx", "caf\u00e9.xlsx"),
        ("报表😀.xlsx", "报表😀.xlsx"),
        ("\U000e0041.xlsx", "\\U000e0041.xlsx"),
    ],
)
def test_safe_name(raw: str, shown: str) -> None:
    assert safe_name(raw) == shown
    assert shown.encode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13800001111。", "电话138****1111。"),
        ("电话138 0000 1111", "电话138****1111"),
        ("１３８００００１１１１", "１３８****１１１１"),
        ("身份证440701199001018888", "身份证440701********8888"),
        ("44070119900101888x号", "440701********888x号"),
        ("卡号6222 0200 0000 0001 234", "卡号622202*********1234"),
        ("预算编码138001", "预算编码138001"),
        ("13800001111.50元", "13800001111.50元"),
        ("座机0750-1234567", "座机0750-1234567"),
        ("2024-12-31", "2024-12-31"),
    ],
)
def test_masked(text: str, shown: str) -> None:
    assert masked(text) == shown
