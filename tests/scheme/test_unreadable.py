"""读不成方案的文件：编码、引号、括号、标点一类最常见的笔误，用中文说出在哪一行、怎样改。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from xltool.scheme.problem import SchemeProblem
from xltool.scheme.sources import file_text
from xltool.scheme.syntax import parsed

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '[scheme]\nid = "x"\n'
SLIPS = [
    (f"{HEAD}name = “封面”\n", '第 3 行第 8 列：这里是中文的“，要换成英文的 "'),
    (f'{HEAD}name = "封面”\n', '第 3 行第 12 列：引号没有收尾；这一行里有中文的”，要换成英文的 "'),
    (f'{HEAD}name = "封面\n', "第 3 行第 11 列：引号没有收尾"),
    ("[[grades]\nname = 1\n", "第 1 行第 9 列：两个方括号 [[ 起头的，要用 ]] 收尾"),
    ("[scheme\n", "第 1 行第 8 列：方括号 [ 起头的，要用 ] 收尾"),
    ('id＝"x"\n', "第 1 行第 3 列：这里是中文的＝，要换成英文的 ="),
    ("points = 20，\n", "第 1 行第 12 列：这里是中文的，，要换成英文的 ,"),
    ('a = ["x"，"y"]\n', "第 1 行第 9 列：这里是中文的，，要换成英文的 ,"),
    ('a = ["x"\nb = 1\n', "第 2 行第 1 列：方括号没有收尾，或各项之间少了逗号"),
    ("a = { x = 1\n", "第 1 行第 12 列：花括号没有收尾，或各项之间少了逗号；花括号要在同一行收尾"),
    ("a = 1\na = 2\n", "第 2 行第 6 列：这个名字前面已经写过"),
    ("[a]\n[a]\n", "第 2 行第 3 列：这个名字前面已经写过"),
    ("a = { x = 1, x = 2 }\n", "第 1 行第 19 列：这个名字前面已经写过"),
    ('标识 = "x"\n', "第 1 行第 1 列：这一行认不出：键只用英文，后面写 = 和值"),
    ("a = 封面\n", "第 1 行第 5 列：值写得不对：文字要用英文的双引号括起来，是否写 true、false"),
    ("a = 2024年\n", "第 1 行第 9 列：一行写一个键，值的后面多了字"),
    ('a = "c:\\x"\n', "第 1 行第 10 列：引号里的反斜杠 \\ 要写两个"),
    ('a = "\x01"\n', "第 1 行第 6 列：有看不见的控制字符，请删去重打"),
    ('a = """x', "文件末尾：引号没有收尾"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(SLIPS)))
def test_a_slip_is_told_in_chinese_with_its_place(number: int) -> None:
    text, message = SLIPS[number]
    with pytest.raises(SchemeProblem) as caught:
        parsed(text, "小表.toml")
    assert (caught.value.path, caught.value.message) == ("（文件）", message)


NOT_TEXT = [
    ("名称".encode("gbk"), "不是 UTF-8 编码，像是记事本存成了 ANSI（GBK）"),
    ("名称".encode("utf-16"), "不是 UTF-8 编码，像是记事本存成了 Unicode（UTF-16）"),
    (b"PK\x03\x04\xff", "这是 Excel 工作簿，不是方案文件；方案工作簿要先用 xltool scheme import"),
    (b"\xff\x00\xff", "不是 UTF-8 编码的文字"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(NOT_TEXT)))
def test_a_file_in_another_encoding(tmp_path: Path, number: int) -> None:
    data, message = NOT_TEXT[number]
    file = tmp_path / "方案.toml"
    file.write_bytes(data)
    with pytest.raises(SchemeProblem) as caught:
        file_text(file)
    assert caught.value.message.startswith(message)
    assert ("另存为" in caught.value.message) == (number < 2)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SchemeProblem) as caught:
        file_text(tmp_path / "没有.toml")
    assert str(caught.value) == "方案 没有.toml：（文件）：没有这个文件，请核对文件名和所在的文件夹"
    with pytest.raises(SchemeProblem) as caught:
        file_text(tmp_path)
    assert caught.value.message == "这是文件夹，请写明里面的哪个文件"
