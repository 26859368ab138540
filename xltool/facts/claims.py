"""关键数据核对表里点到的绩效指标：哪一类的话，说的是第几号。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xltool.scheme.categories import SHEET
from xltool.scheme.key import CellKey

if TYPE_CHECKING:
    from xltool.facts.filled import Filled
    from xltool.facts.refs import Refs

CLAIMS, KINDS, PROBLEM = "claims", "claim_kind", "problem"
JOINT = "、"
_SEPARATORS = (",", "，", ";", "；", " ", "　")
_BETWEEN = re.compile(f"[{JOINT}{''.join(_SEPARATORS)}]+")


def rows_named(text: str) -> tuple[str, ...]:
    """“对应指标序号”里写的各个序号。"""
    return tuple(filter(None, _BETWEEN.split(text)))


def admitted_rows(facts: Filled) -> frozenset[str]:
    """报告的“存在问题”里点到的指标序号。"""
    problem = facts.scheme.word(KINDS, PROBLEM)
    claims = (record for record in facts.records(CLAIMS) if record.text("kind") == problem)
    return frozenset(row for record in claims for row in rows_named(record.text("indicator")))


def admitted_formula(key: CellKey, refs: Refs) -> str:
    """这一行在“存在问题”里有没有点到，与 admitted_rows 同义。"""
    own = refs.cell(CellKey(SHEET, key.row, "code"))
    kinds, named = refs.column(CLAIMS, "kind"), refs.column(CLAIMS, "indicator")
    for separator in _SEPARATORS:
        named = f'SUBSTITUTE({named},"{separator}","{JOINT}")'
    found = f'ISNUMBER(FIND("{JOINT}"&{own}&"{JOINT}","{JOINT}"&{named}&"{JOINT}"))'
    return f"SUMPRODUCT(({kinds}={refs.option(KINDS, PROBLEM)})*{found})>0"
