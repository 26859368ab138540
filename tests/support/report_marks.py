"""测试用：人标好的几份自评报告，和读出的各处比。"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xltool.narrative.claims import Reading, claims_in
from xltool.narrative.docx import read_document_bytes
from xltool.narrative.outline import passages
from xltool.narrative.words import words_of
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.narrative.claims import Claim

ROOT: Final = Path(__file__).parents[2]
SAMPLES: Final = ROOT / "sample_inputs"
_MARKED: Final = ROOT / "tests" / "narrative" / "marked"
_TEXTS: Final = ROOT / "tests" / "narrative" / "texts"
SEED: Final = "江门市工业和信息化局_自评报告"
REPORTS: Final = {
    SEED: (SAMPLES / "data" / "with_report" / f"{SEED}.txt", 2024),
    **{
        name: (_TEXTS / f"{name}.txt", year)
        for name, year in (
            ("重庆科学城融媒体中心_自评报告", 2021),
            ("萧县张庄寨镇人民政府_自评报告", 2023),
            ("苏州市财政局_自评报告", 2021),
            ("永德县明朗中学_自评报告", 2022),
        )
    },
}
_LONGER: Final = 24  # 事项比标的字多出这么多，就不是认出了它
_KINDS: Final = {
    "数据": "figure",
    "算式": "arithmetic",
    "计数": "count",
    "存在问题": "problem",
    "改进措施": "measure",
    "整改结论": "rectification",
    "章节": "section",
    "自评项目": "projects",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """人标的一处。"""

    where: str
    kind: str
    words: tuple[str, ...]
    figure: str
    unit: str
    year: str

    def names(self, claim: Claim) -> bool:
        """读出的一条是不是这一处。"""
        if not self._same(claim):
            return False
        if self.kind == "算式":
            return True  # 等式写的就是它自己
        rest, own = f"{claim.topic}{claim.scope}", sum(map(len, self.words))
        if self.kind == "数据" and len(rest) > own + _LONGER:
            return False
        for word in self.words:
            found, rest = rest.find(word), rest.partition(word)[2]
            if found < 0:
                return False
        return True

    def _same(self, claim: Claim) -> bool:
        """类别、位置、数、单位、年度都一样。"""
        figure = not self.figure or (claim.figure, claim.unit) == (self.figure, self.unit)
        years = {str(year) for year in claim.years}
        year = not (self.figure and self.year and years) or self.year in years
        place = claim.sentence.where.startswith(self.where)
        return _KINDS[self.kind] == claim.kind and place and figure and year


@dataclass(frozen=True, slots=True)
class Measured:
    """比的结果：读对的几条，多读的、漏读的各是哪些。"""

    right: int
    wrong: tuple[Claim, ...]
    missed: tuple[Mark, ...]


@cache
def reports_module() -> object:
    """sample_inputs/reports.py 不在哪个包里，借道载入。"""
    sys.path.append(str(SAMPLES))
    try:
        import reports
    finally:
        sys.path.remove(str(SAMPLES))
    return reports


def docx(text: str) -> bytes:
    """一份报告的文字存成 .docx。"""
    data = reports_module().report_docx(text)  # type: ignore[attr-defined]
    assert isinstance(data, bytes)
    return data


@cache
def report_bytes(name: str) -> bytes:
    """标了的一份报告。"""
    return docx(REPORTS[name][0].read_text("utf-8"))


@cache
def claims(name: str) -> tuple[Claim, ...]:
    """从这一份读出的各条。"""
    scheme, _ = ready_scheme("jiangmen-2025-special")
    reading = Reading(words_of(scheme), REPORTS[name][1])
    return claims_in(passages(read_document_bytes(report_bytes(name))), reading)


def marks(name: str) -> tuple[Mark, ...]:
    """这一份里人标的各处。"""
    lines = (_MARKED / f"{name}.txt").read_text("utf-8").splitlines()
    found = []
    for line in lines:
        if line and not line.startswith("#"):
            where, kind, topic, figure, unit, year = map(str.strip, line.split("|"))
            found.append(Mark(where, kind, tuple(topic.split()), figure, unit, year))
    return tuple(found)


def measured(claims: Iterable[Claim], marks: Iterable[Mark]) -> Measured:
    """一条对一处；对不上的是多读的、漏读的。"""
    left, wrong, right = list(marks), [], 0
    for claim in claims:
        mark = next((one for one in left if one.names(claim)), None)
        if mark is None:
            wrong.append(claim)
        else:
            left.remove(mark)
            right += 1
    return Measured(right, tuple(wrong), tuple(left))
