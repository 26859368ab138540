"""自查：数写得对不对：百分数存成了0.98，日期、年月当作了数。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.days import (
    COLUMNS,
    DAY_UNIT,
    TIME_UNITS,
    day_as_percent,
    day_without_unit,
    likely_days,
    likely_times,
    time_as_number,
)
from xltool.facts.percents import (
    APART,
    COMPARED,
    PERCENT,
    PERCENTS,
    TIMES,
    stored_apart,
    stored_elsewhere,
    typed_as_ratio,
)
from xltool.facts.saying import listed
from xltool.facts.target import indicator_row
from xltool.finding import Severity
from xltool.form.live.check import LiveCheck
from xltool.form.live.claims import single
from xltool.form.live.indicators import NOTE_UNSAID
from xltool.form.live.wording import folded, one_of
from xltool.layout.columns import NAMED, WAY
from xltool.scheme.categories import SATISFACTION, TIMELINESS, categories
from xltool.scheme.completing import satisfaction_bands
from xltool.scheme.labels import UNIT, label_of
from xltool.values import LIKELY_SERIALS, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Scheme, Sheet

_MOST = 10  # 1000%以内


def rate_form_checks(scheme: Scheme, sheet: Sheet) -> Iterator[LiveCheck]:
    """百分数的写法；填98%的格存的是0.98，与别处的98比不了。"""
    own = {field.key for field in sheet.fields}
    if not {"title", "expected", "actual", "unit", "factor"} <= own:
        return
    says = "百分数填98，不填98%：复制下面没有填过的一格贴上，再填"
    yield single(scheme, LiveCheck(("K10",), Severity.ERROR, says, _apart, _is_apart))
    says = "单位不是%的，不填百分数（98%存的是0.98）：复制下面没有填过的一格贴上，再填"
    check = LiveCheck(("K10",), Severity.ERROR, says, _elsewhere, _is_elsewhere)
    yield single(scheme, check)
    day = f"是日期的，{label_of(scheme, UNIT)}选“{scheme.word(*DAY_UNIT)}”"
    says = f"{day}；不是的填上单位，已有单位的复制下面没有填过的一格贴上，再填"
    yield single(scheme, LiveCheck(("K07", "K06"), Severity.ERROR, says, _dated, _is_dated))
    says = f"时间写成了数：应写成“{scheme.year}年12月”的样子，不写{scheme.year}.12"
    yield single(scheme, LiveCheck(("K06",), Severity.ERROR, says, _timed, _is_timed))
    if "note" in own:
        says = "单位是%，却有不到1的数：是98%的填98，确实这么小的请写明"
        check = LiveCheck(("K10",), Severity.WARNING, says, _ratio, _is_ratio, NOTE_UNSAID)
        yield single(scheme, check)


def _unit_among(line: Line, words: Iterable[str]) -> str:
    """与 unit_among 同义；计量单位只写一遍，公式才写得下。"""
    return listed(f"TRIM({line.at('unit')})", words)


def _apart(line: Line) -> str:
    """看格式的函数每次都重算，所以先看数大不大。"""
    cells = [line.at(one) for one in ("expected", "actual")]
    stored = [f'AND({one}<>0,LEFT(CELL("format",{one}))="P")' for one in cells]
    wrong = f"{stored[0]}<>{stored[1]}"
    if satisfaction_bands(line.scheme):
        lists = categories(line.scheme, (SATISFACTION,))[SATISFACTION][0]
        banded = f"{line.at('level2')}={line.refs.option(lists, SATISFACTION)}"
        wrong = f"IF({banded},{stored[1]},{wrong})"
    unit = _unit_among(line, COMPARED)
    ready = f"AND({unit},ISNUMBER({cells[0]}),ISNUMBER({cells[1]}))"
    small = f"MIN({cells[0]},{cells[1]})<{_MOST}"
    return f"IF({ready},IF({small},IFERROR({wrong},FALSE),FALSE),FALSE)"


def _elsewhere(line: Line) -> str:
    """单位是别的，而有一格是百分数格式。"""
    cells = [line.at(one) for one in ("expected", "actual")]
    stored = (f'AND(ISNUMBER({one}),{one}<>0,LEFT(CELL("format",{one}))="P")' for one in cells)
    small = f"COUNT({','.join(cells)})>0,MIN({','.join(cells)})<{_MOST}"  # 都是文字的，不看格式
    ready = f"AND({small},NOT({_unit_among(line, (*COMPARED, TIMES))}))"
    return f"IF({ready},IFERROR(OR({','.join(stored)}),FALSE),FALSE)"


def _is_elsewhere(judged: Judged) -> bool:
    return bool(stored_elsewhere(indicator_row(judged.facts, judged.row)))


def _dated(line: Line) -> str:
    """没有写单位（名称末尾也没有）而像是日期的；有单位的，看得出格式的 Excel 里才说。"""
    expected, actual, unit = (line.at(one) for one in ("expected", "actual", "unit"))
    first, last = likely_days(line.scheme)
    like = f"AND({expected}>={first},{expected}<={last},{expected}=INT({expected}))"
    bare = f'AND({unit}="",RIGHT({line.at(NAMED.key)},1)<>")")'
    rate = f"AND({_unit_among(line, PERCENTS)},OR({like},{like.replace(expected, actual)}))"
    least, most = LIKELY_SERIALS
    stored = ",".join(
        f'AND({one}>={least},{one}<={most},LEFT(CELL("format",{one}))="D")'
        for one in (expected, actual)
    )
    large = f"AND(ISNUMBER({expected}),MAX({expected},{actual})>={least})"
    ready = f"AND({large},{unit}<>{line.refs.option(*DAY_UNIT)})"
    return f"IF({ready},IF({bare},{like},{rate})+IFERROR(OR({stored}),FALSE)>0,FALSE)"


def _timed(line: Line) -> str:
    """时效指标、单位是日期的，写着2024.12、202412、20241231；文字比数大，不在各段里。"""
    unit, known = line.at("unit"), categories(line.scheme, (TIMELINESS,)).items()
    timely = [f"{line.at('level2')}={line.refs.option(lists, key)}" for key, (lists, _) in known]
    dated = f"{unit}={line.refs.option(*DAY_UNIT)}"
    where = f"OR({dated},AND({','.join((*timely, one_of(unit, TIME_UNITS)))}))" if timely else dated
    found = ",".join(
        f"AND({line.at(one)}>={plain(first)},{line.at(one)}<={plain(last)})"
        for one in COLUMNS
        for first, last in likely_times(line.scheme)
    )
    return f"IF({where},OR({found}),FALSE)"


def _is_timed(judged: Judged) -> bool:
    return bool(time_as_number(judged.facts.scheme, indicator_row(judged.facts, judged.row)))


def _is_dated(judged: Judged) -> bool:
    """格式是日期的，只有公式、读报送的看得见。"""
    facts, row = judged.facts, indicator_row(judged.facts, judged.row)
    expected, actual = (row.record.entry(one) for one in ("expected", "actual"))
    if facts.option(row.record.text("unit"), *DAY_UNIT):
        return False
    if row.record.measure("expected").number is not None and actual.day:
        return True
    bare = not folded(row.title).endswith(")")
    as_rate = expected.raw and actual.raw and day_as_percent(facts.scheme, row)
    return expected.day or (bare and day_without_unit(facts.scheme, row)) or bool(as_rate)


def _is_apart(judged: Judged) -> bool:
    return bool(stored_apart(judged.facts.scheme, indicator_row(judged.facts, judged.row)))


def _ratio(line: Line) -> str:
    pair = f"{line.at('expected')},{line.at('actual')}"
    small, large = f"MIN({pair})", f"MAX({pair})"
    apart = f"AND({small}>0,{small}<1,{large}>1,{large}>={APART}*{small})"
    way = f"IF(ISNUMBER({line.at(WAY.key)}),{line.at(WAY.key)}=1,FALSE)"
    ready = f'AND({line.at("unit")}="{PERCENT}",{way})'
    return f"IF({ready},IF({apart},NOT({_apart(line)}),FALSE),FALSE)"


def _is_ratio(judged: Judged) -> bool:
    return bool(typed_as_ratio(judged.facts.scheme, indicator_row(judged.facts, judged.row)))
