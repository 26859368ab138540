"""方案工作簿里的一张表：有哪些栏，各栏写什么；写的和读的用同一份。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

Value = str | Decimal | bool | tuple[str, ...] | None
Row = Mapping[str, Value]

HEADER: Final = 4  # 表头在第几行：返回、标题、说明、表头


class Kind(StrEnum):
    """一栏写的是什么。"""

    TEXT = "text"  # 文字，照原样
    KEY = "key"  # 标识：小写字母、数字、下划线
    CODE = "code"  # 编码：不含空白的文字
    REF = "ref"  # 指向一项
    REFS = "refs"  # 指向几项，用顿号隔开
    LINES = "lines"  # 几个词，一行一个
    NUMBER = "number"
    WHOLE = "whole"  # 整数
    FLAG = "flag"  # 是，或空着
    WORD = "word"  # 固定的几个词之一
    ORIGIN = "origin"  # 来源
    AUTO = "auto"  # 自动得出或只供查看，读回时不看


class Word(NamedTuple):
    """一个固定的词和它的意思。"""

    word: str
    meaning: str


Words = Mapping[str, Word]


class PercentWhen(NamedTuple):
    """数什么时候是百分数：本行 `column` 一栏是 `value` 的时候；百分数以小数存。"""

    column: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """一栏。

    `key` 是程序里的名字；`fixed` 的栏是认行用的，已有的行里灰色、锁着；`words` 是固定的几个词；
    `pick` 是下拉列表取自哪张表的哪一栏（表.栏），`parent` 是所写的必须在哪张表的哪一栏里；
    `percent` 说明数什么时候是百分数；`bare` 的栏，指向本表的可以只写标识；`help` 是输入提示。
    """

    key: str
    heading: str
    width: float
    kind: Kind = Kind.TEXT
    required: bool = False
    fixed: bool = False
    words: Words | None = None
    pick: str = ""
    parent: str = ""
    percent: PercentWhen | None = None
    bare: bool = False
    help: str = ""

    @property
    def read(self) -> bool:
        """读回时看不看这一栏。"""
        return self.kind is not Kind.AUTO

    def shown(self, row: Row) -> str:
        """这一行的这一栏给人看的字；固定的词写中文。"""
        text = str(row.get(self.key) or "")
        return self.words[text].word if self.words and text in self.words else text

    def is_percent(self, row: Row) -> bool:
        """这一行的数是不是百分数。"""
        return self.percent is not None and row.get(self.percent.column) == self.percent.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """一张表。

    `label` 是哪一栏的字叫得出一行，说问题时用。
    `purpose` 印在说明页上：什么时候改这张表。`spare` 是预留几行空白；`unique` 里每一组栏合起来
    不能重复（组里第一栏空着的不算）；`blank` 说明整张表空着行不行。一行一项的表，`settings` 是
    各项（认行的字）的“内容”照哪一栏读。
    """

    key: str
    name: str
    title: str
    note: str
    purpose: str
    columns: tuple[Column, ...]
    label: str
    spare: int = 10
    unique: tuple[tuple[str, ...], ...] = ()
    blank: bool = False
    settings: Mapping[str, Column] = field(default_factory=dict)

    def column(self, key: str) -> Column:
        """按名字取栏。

        Raises:
            KeyError: 没有这一栏。
        """
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    def column_of(self, key: str, row: Row) -> Column:
        """某一行的某一栏照哪一栏写和读：一行一项的表，各行的内容不同。"""
        column = self.column(key)
        if column.fixed or not column.read or not self.settings:
            return column
        return self.settings.get(str(row.get(self.columns[0].key)), column)

    def name_of(self, row: Row) -> str:
        """一行叫什么，给人看：认行的编码、标识，接着是名称。"""
        fixed = [column for column in self.columns if column.fixed and column.words is None]
        texts = [column.shown(row) for column in (*fixed, self.column(self.label))]
        if not any(texts):
            texts = [next(filter(None, (column.shown(row) for column in self.columns)), "")]
        return " ".join(dict.fromkeys(filter(None, texts)))

    def position(self, key: str) -> int:
        """某一栏写在第几列。"""
        return [column.key for column in self.columns].index(key) + 1
