"""核对的结果怎样印：先是书里记着的，再是不相符的，然后人写的，最后一句是总的。"""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.cli.documents import SCHEMA, finding_document
from xltool.cli.text import safe
from xltool.finding import rule_word
from xltool.season.log_book import FILE, read_log
from xltool.values import plain
from xltool.values.masking import masked
from xltool.verifying.model import Fate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from xltool.cli.console import Console
    from xltool.cli.documents import Document
    from xltool.collection.verdicts import Other, Written
    from xltool.finding import Finding
    from xltool.season.folder import Season
    from xltool.season.runs import RunRecord
    from xltool.verifying.model import LowerProof, Remark, UnitProof, Verified

_MARKS: Final = {
    Fate.PROVEN: "√",
    Fate.DIFFERENT: "×",
    Fate.MISSING: "？",
    Fate.CHANGED: "？",
    Fate.OTHER_SCHEME: "？",
}
_MOST: Final = 10  # 一段平时列几条，其余加 -v


def show(console: Console, book: Path, result: Verified, season: Season | None) -> None:
    """印出来。"""
    if console.silent:
        return
    run = _run(result, season)
    console.lines(_about(book, result, run))
    for unit in result.units:
        if console.verbose or unit.fate is not Fate.PROVEN:
            console.line(_unit_line(unit))
            _some(console, [*map(_finding_line, unit.findings)])
    for book_proof in result.lower:
        if console.verbose or book_proof.fate is not Fate.PROVEN:
            console.line(_lower_line(book_proof))
            _some(console, [*map(_finding_line, book_proof.findings)])
    if result.findings:
        console.line("整本：")
        _some(console, [*map(_finding_line, result.findings)])
    if result.remarks:
        carried = sum(one.carried for one in result.remarks)
        more = f"（其中 {carried} 条由上一份带来、没有再改）" if carried else ""
        console.line(f"复核人写的 {len(result.remarks)} 条{more}：")
        _some(console, [_remark_line(one) for one in result.remarks])
    if result.added:
        console.line(f"人另添的 {len(result.added)} 处：")
        _some(console, [_added_line(one) for one in result.added])
    console.note(_total(result))


def _some(console: Console, lines: list[str]) -> None:
    """列前几条；加 -v 全列。"""
    listed = lines if console.verbose else lines[:_MOST]
    console.lines(f"    {line}" for line in listed)
    if len(lines) > len(listed):
        console.line(f"    还有 {len(lines) - len(listed)} 条，加 -v 列出。")


def _run(result: Verified, season: Season | None) -> RunRecord | None:
    """写出这一份的是哪一次汇总：内容的指纹与收表记录里的相同。"""
    log = read_log(season.folder / FILE) if season and (season.folder / FILE).is_file() else None
    runs = log.runs if log and result.saving.mark else ()
    return next((run for run in reversed(runs) if run.mark == result.saving.mark), None)


def _about(book: Path, result: Verified, run: RunRecord | None) -> Iterator[str]:
    schemes = "、".join(result.schemes)
    yield f"{safe(book.name)}：xltool {safe(result.program)}，方案 {safe(schemes)}。"
    if run is not None:
        who = f"，{safe(run.who)}" if run.who else ""
        yield f"由第 {run.number} 次汇总写出（{safe(run.time)}{who}，见 {FILE}）。"
    saving = result.saving
    if not saving.saved:
        yield "文件自己说：写出以后没有人存过。"
    else:
        who = f"由“{safe(saving.who)}”" if saving.who else ""
        when = f"在 {safe(saving.when)} " if saving.when else ""
        unknown = "" if who or when else "，没有记下是谁、什么时候"
        yield f"文件自己说：写出以后{who}{when}存过{unknown}。"
    if result.edited is not None:
        yield f"写出以后格里的内容{'改过' if result.edited else '一处没有改'}。"


def _unit_line(unit: UnitProof) -> str:
    score = f"{unit.total} {unit.grade}".strip()
    return f"{_MARKS[unit.fate]} {unit.fate.label} {safe(unit.name)}  {score}  {safe(unit.file)}"


def _lower_line(one: LowerProof) -> str:
    return f"{_MARKS[one.fate]} {one.fate.label} 下级汇总 {safe(one.file)}（{one.units} 个单位）"


def _finding_line(finding: Finding) -> str:
    where = finding.where or finding.file
    return f"{rule_word(finding.code)} {safe(where)} {safe(finding.message)}".replace("  ", " ")


def _remark_line(remark: Remark) -> str:
    row = remark.row
    value, reason, reviewer, day = (safe(_written(one)) for one in row.opinion)
    signed = " ".join(filter(None, (reviewer, day))) or "没有写谁、哪天"
    why = f"，{reason}" if reason else ""
    code = rule_word(row.code) if row.code[:1].isalpha() else row.code  # 得分明细的是指标编码
    where = f"{safe(row.sheet)}第{row.row}行 {safe(row.name)} {safe(code)}"
    return f"{where}：{value or '（没有写意见）'}{why}（{signed}）"


def _written(value: Written) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return plain(value) if isinstance(value, Decimal) else value


def _added_line(one: Other) -> str:
    where = " ".join(filter(None, (one.unit, one.item, one.heading)))
    return f"{safe(one.sheet)} {safe(where)}：{safe(one.text)}"


def _total(result: Verified) -> str:
    units = f"共 {len(result.units)} 个单位：{_fates(result.units)}"
    if not result.units:
        units = "没有采用的报送"
    if result.lower:
        units += f"；下级汇总 {len(result.lower)} 本：{_fates(result.lower)}"
    whole = f"；整本的 {len(result.findings)} 条" if result.findings else ""
    end = "每个得分都能由报送文件得出。" if result.proven else "不是每个得分都能由报送文件得出。"
    return f"{units}{whole}。{end}"


def _fates(parts: Sequence[UnitProof | LowerProof]) -> str:
    """各种结果各有几个。"""
    fates = Counter(one.fate for one in parts)
    return "，".join(f"{fate.label} {fates[fate]}" for fate in Fate if fates[fate])


def verified_document(book: Path, result: Verified) -> Document:
    """JSON。"""
    return {
        "schema": SCHEMA,
        "book": book.name,
        "sha256": result.sha256,
        "program": result.program,
        "schemes": list(result.schemes),
        "folder": result.folder,
        "saved": {
            "after": result.saving.saved,
            "by": result.saving.who or None,
            "at": result.saving.when or None,
            "edited": result.edited,
        },
        "units": [
            {
                "number": int(unit.number),
                "name": unit.name,
                "file": unit.file,
                "total": unit.total or None,
                "grade": unit.grade or None,
                "status": unit.fate.value,
                "findings": [finding_document(one) for one in unit.findings],
            }
            for unit in result.units
        ],
        "lower": [
            {
                "file": one.file,
                "units": one.units,
                "status": one.fate.value,
                "findings": [finding_document(found) for found in one.findings],
            }
            for one in result.lower
        ],
        "findings": [finding_document(one) for one in result.findings],
        "reviews": [_remark_document(one) for one in result.remarks],
        "added": [one._asdict() | {"text": masked(one.text)} for one in result.added],
        "counts": {
            "units": len(result.units),
            "files": result.files,
            **{fate.value: sum(one.fate is fate for one in result.units) for fate in Fate},
        },
        "proven": result.proven,
    }


def _remark_document(remark: Remark) -> Document:
    row = remark.row
    value, reason, reviewer, day = (masked(_written(one)) or None for one in row.opinion)
    return {
        "sheet": row.sheet,
        "row": row.row,
        "unit": row.name,
        "code": row.code,
        "verdict": value,
        "reason": reason,
        "by": reviewer,
        "day": day,
        "carried": remark.carried,
    }
