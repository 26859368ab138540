"""说法的规矩：中文、说清怎么办、编码不重；同一个原因只说一条。"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import xltool
from xltool import messages
from xltool.address import At, Place
from xltool.finding import Message, Severity
from xltool.intake.grouping import group, ordered
from xltool.messages import entries as say
from xltool.xlsx.grid import Book, Grid

if TYPE_CHECKING:
    from xltool.finding import Finding

MODULES = [item.name for item in pkgutil.iter_modules(messages.__path__)]
SOURCES = Path(xltool.__file__).parent
# 产品和文件格式的名字、编码的名字可以用字母写
PRODUCTS = frozenset({
    "Excel", "WPS", "Word", "PowerPoint", "OpenDocument", "Office", "PDF", "OFD", "HTML", "CSV",
    "XML", "DTD", "xlsx", "xls", "xlsb", "et", "ods", "CRC", "schemes", "ZIP", "UTF", "XFD", "MB",
    "Alt", "Enter", "xltool", "migrate", "to", "scheme", "list",
    "verify", "report", "export", "collect", "docx", "doc", "wps",
})  # fmt: skip
CODE = re.compile(r"[RVCFG][0-9]{3}")


def named() -> list[tuple[str, str, Message]]:
    return [
        (module, name, value)
        for module in MODULES
        for name, value in vars(importlib.import_module(f"xltool.messages.{module}")).items()
        if isinstance(value, Message)
    ]


MESSAGES = named()


def identified(item: object) -> str:
    return item.code if isinstance(item, Message) else str(item)


def test_codes_are_never_shared() -> None:
    codes = [message.code for _, _, message in MESSAGES]
    assert sorted(codes) == sorted(set(codes))
    assert all(CODE.fullmatch(code) for code in codes)


def test_every_message_is_used() -> None:
    """除了定义的那一处，别处总还提到它。"""
    texts = (path.read_text("utf-8") for path in SOURCES.rglob("*.py"))
    words = Counter(word for text in texts for word in re.findall(r"\w+", text))
    assert [name for _, name, _ in MESSAGES if words[name] < 2] == []


@pytest.mark.parametrize(("module", "name", "message"), MESSAGES, ids=identified)
def test_every_message_can_be_filled(module: str, name: str, message: Message) -> None:
    """要填的词都填得进：不与 finding 自己的参数同名，填了就没有剩下的。"""
    del module, name
    wanted = set(re.findall(r"\{([^}]*)\}", message.sentence + message.remedy))
    filled = message.finding(**{word: f"《{word}》" for word in wanted})
    assert all(f"《{word}》" in filled.message + filled.remedy for word in wanted)


def fixed(text: str) -> str:
    """句子里不由使用处填入的字。"""
    return re.sub(r"\{[^}]*\}", "", text)


@pytest.mark.parametrize(("module", "name", "message"), MESSAGES, ids=identified)
def test_messages_are_chinese_sentences(module: str, name: str, message: Message) -> None:
    del module, name
    words = re.findall(r"[A-Za-z_]{2,}", fixed(message.sentence + message.remedy))
    assert set(words) <= PRODUCTS
    assert not re.search(r"[。，；：、,.;:]$", message.sentence)
    for text in (message.sentence, message.remedy):
        assert not re.search(r"[。，；：、]{2,}|[,;](?![0-9])|\s$|^\s", text)
    assert message.remedy.endswith("。") or message.remedy == "{remedy}"
    assert re.search("[\u4e00-\u9fff]", fixed(message.sentence))


def test_inner_quotes_are_told_apart() -> None:
    found = say.ALIAS.finding(label="“三公”经费", raw="“有”", how="按“是”读取")
    assert found.message == "“‘三公’经费”填的“‘有’”按“是”读取"


# ---------------------------------------------------------------- 并条


def finding(at: At, message: str, severity: Severity = Severity.NOTICE) -> Finding:
    return Message("V155", severity, "{text}", "改。").finding(Place("表", at), text=message)


def joined(*findings: Finding) -> list[tuple[str, str]]:
    return [(one.where, one.message) for one in group(findings)]


def test_the_same_words_in_a_column_are_one_line() -> None:
    found = [finding(At(row, 6), "“甲”填的“有”按“是”读取") for row in range(8, 24)]
    assert joined(*found) == [("表!F8", "“甲”填的“有”按“是”读取（F8:F23 共16格）")]


def test_other_values_of_one_cause_show_the_first_and_the_count() -> None:
    found = [finding(At(row, 6), f"“甲”填的“{row}家”：单位“家”已略去") for row in range(8, 12)]
    assert joined(*found) == [("表!F8", "“甲”填的“8家”：单位“家”已略去（F8:F11 等共4格）")]


def test_two_of_other_values_stay_two_lines() -> None:
    found = [finding(At(row, 6), f"“甲”填的“{row}家”：单位“家”已略去") for row in (8, 9)]
    assert [where for where, _ in joined(*found)] == ["表!F8", "表!F9"]


def test_columns_in_turn_are_grouped_apart() -> None:
    found = [finding(At(row, column), "同") for row in (8, 9) for column in (6, 7)]
    assert joined(*found) == [("表!F8", "同（F8:F9 共2格）"), ("表!G8", "同（G8:G9 共2格）")]


def test_gaps_other_causes_and_other_items_are_not_joined() -> None:
    gap = [finding(At(8, 6), "同"), finding(At(10, 6), "同")]
    causes = [finding(At(row, 6), f"{'一二三'[row - 8]}样") for row in (8, 9, 10)]
    items = [
        finding(At(row, 6), f"“{'甲乙丙'[row - 8]}”填的“x”不是数", Severity.ERROR)
        for row in (8, 9, 10)
    ]
    for found in (gap, causes, items):
        assert len(joined(*found)) == len(found)


def test_order_is_by_sheet_row_column_and_repeats_are_dropped() -> None:
    book = Book("", (Grid("乙", {}), Grid("表", {})))
    late, early = finding(At(9, 1), "甲"), finding(At(8, 5), "乙")
    first = finding(At(99, 9), "丙")._replace(sheet="乙")
    assert ordered([late, early, first, late], book) == [first, early, late]
