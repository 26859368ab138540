"""文件名的写法。"""

from __future__ import annotations

import os

import pytest

from xltool.values.file_names import safe_name


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
