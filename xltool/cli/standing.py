"""汇总完了印什么：退回、待确认、未报、要改正的各是谁，共几个，下一步做什么。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.cli.text import safe
from xltool.collection.statuses import OWED, UnitStatus
from xltool.collection.unit_standings import count_forms, count_units
from xltool.consolidated.delivery import FILES, PROBLEMS, UNITS
from xltool.consolidated.findings import NAME as DOUBTS
from xltool.consolidated.findings_sheet import SENT_BACK
from xltool.finding import LONGEST_NAME, Severity, bounded
from xltool.messages import collection as say
from xltool.values.file_names import listing

if TYPE_CHECKING:
    from collections.abc import Collection as Keys
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from xltool.collection.model import Collection, FileOutcome, Unit
    from xltool.collection.standing import Standing
    from xltool.collection.unit_standings import Count, UnitStanding
    from xltool.finding import Finding

SHOWN: Final = 5
"""各种情况最多列几个，其余的在汇总里。"""
_REASON: Final = 60  # 一行里理由最多几个字
_SAID: Final = frozenset({say.SEVERAL.code, say.NO_LATEST.code})  # 待确认的已经逐个列出


class _Group(NamedTuple):
    """一种情况：怎样说、有哪些、其余的在汇总的哪一张。"""

    head: str
    lines: Sequence[str]
    sheet: str


def standing_lines(now: Standing) -> Iterator[str]:
    """各种情况各列前几个；一个也没有的不印。"""
    groups = (
        _Group("退回、不能读 {} 份", [_returned(one) for one in now.returned], FILES),
        _Group("待确认 {} 个", [_pending(one) for one in now.pending], UNITS),
        _Group("有错误须改正 {} 个", [_faulty(one) for one in now.faulty], DOUBTS),
        _Group("未报、未报齐 {} 个", [_behind(one) for one in now.behind], UNITS),
    )
    for head, lines, sheet in groups:
        if lines:
            yield f"{head.format(len(lines))}："
            yield from (f"  {line}" for line in lines[:SHOWN])
        if len(lines) > SHOWN:
            yield f"  还有 {len(lines) - SHOWN} 个，见汇总的“{sheet}”。"


def _returned(item: FileOutcome) -> str:
    return f"{safe(bounded(item.file, LONGEST_NAME))}：{_short(item.reason)}"


def _pending(unit: Unit) -> str:
    return f"{safe(unit.name)}：{safe(listing(unit.files))}"


def _faulty(unit: Unit) -> str:
    return f"{safe(unit.name)}：错误 {unit.tally.error} 处（{safe(unit.file)}）"


def _behind(unit: UnitStanding) -> str:
    """没有报、没有报齐的单位，找谁；应报几份的，连同还缺哪几份。"""
    several = len(unit.owed) > 1 or any(one.project for one in unit.owed)
    lacks = f"缺{'、'.join(one.label for one in unit.missing)}" if several else ""
    parts = (bounded(unit.name, LONGEST_NAME), unit.contact, unit.phone, bounded(lacks, _REASON))
    return "  ".join(filter(None, map(safe, parts)))


def _short(text: str) -> str:
    """一行写得下的理由；全文在汇总里。"""
    shown = safe(text)
    return shown if len(shown) <= _REASON else f"{shown[:_REASON]}……"


def notices(findings: Iterable[Finding]) -> tuple[list[Finding], int]:
    """名单、部门、上年等的问题，重的在前；要印的几条，和没有印的有几条。提示只在汇总里。"""
    serious = [
        one for one in findings if one.severity is not Severity.NOTICE and one.code not in _SAID
    ]
    serious.sort(key=lambda one: one.severity.order)
    return serious[:SHOWN], len(serious) - len(serious[:SHOWN])


def more_notices(count: int) -> str:
    """没有印的还有几条。"""
    return f"还有 {count} 条提醒，见汇总的“{PROBLEMS}”。"


def count_line(now: Standing) -> str:
    """单位共几个、各种情况几个；有名单的，后面几个数加起来等于应报。"""
    known = {status: now.counts.get(status, 0) for status in OWED}
    if now.owed is None:
        told = "，".join(_told(now, status) for status, count in known.items() if count)
        what = "单位（项目）" if now.projects else "单位"
        return f"{what}：{told or '没有'}；没有名单，不知道谁没有报。"
    told = "，".join(
        _told(now, status)
        for status, count in known.items()
        if count or status is not UnitStatus.PARTIAL
    )
    others = [f"{UnitStatus.EXEMPT.label} {now.exempt}"] * bool(now.exempt)
    others += [f"{UnitStatus.EXTRA.label} {now.extra} 份"] * bool(now.extra)
    others += [f"{UnitStatus.UNLISTED.label} {now.unlisted}"] * bool(now.unlisted)
    more = "，".join(others)
    return f"单位：应报 {now.owed}：{told}{'，另有' if more else ''}{more}。"


def standing_document(
    collection: Collection, returned: Keys[str]
) -> dict[str, dict[str, int]] | None:
    """JSON 里的个数，照单位数的和照份数的；没有名单的没有。"""
    if not collection.roster:
        return None
    counted = {"units": count_units, "forms": count_forms}
    return {name: _count(count(collection.units, returned)) for name, count in counted.items()}


def _count(count: Count) -> dict[str, int]:
    known = {status.value: count.counts[status] for status in OWED}
    others = {name: getattr(count, name) for name in ("sent_back", "exempt", "extra", "unlisted")}
    return {"owed": count.owed, **known, **others}


def _told(now: Standing, status: UnitStatus) -> str:
    """一种情况几个，连同其中几个复核退回，没有的不说。"""
    back = now.back.get(status, 0)
    of_them = f"（其中{SENT_BACK} {back}）" if back else ""
    return f"{status.label} {now.counts.get(status, 0)}{of_them}"


def next_steps(
    now: Standing, inbox: Path, book: Path, command: str, *, latest: bool = False
) -> Iterator[str]:
    """接着做什么，一件一行；`command` 是一步退回的命令，`latest` 是已经照最晚的取了。"""
    again = "再汇总一次"
    if now.faulty or now.returned:
        told = f"发还单位，改好的放进 {safe(str(inbox))}，{again}"
        yield f"写退回件、通知{'、催报名单' if now.behind else ''}：{command}；{told}"
    elif now.behind:
        yield f"写催报名单：{command}；照它联系未报的"
    if now.pending:
        either = "" if latest else "；或加 --on-duplicate latest"
        undated = "（分不出哪一份最晚）" if latest else ""
        yield f"待确认的{undated}与单位核实，移走多余的，{again}{either}"
    if now.settled:
        yield f"打开 {safe(str(book))} 复核"


def argument(path: Path) -> str:
    """命令里的一个路径。"""
    text = safe(str(path))
    return f'"{text}"' if " " in text else text
