"""自查：说整个项目花了多少钱的成本指标，与实际支出差得多。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.target import indicator_row
from xltool.finding import Severity
from xltool.form.live.check import LiveCheck
from xltool.form.live.claims import single
from xltool.form.live.indicators import NOTE_UNSAID
from xltool.form.live.spending import SPENT
from xltool.form.live.whole import MONEY, money_rate
from xltool.form.live.wording import folded, folded_formula, has_word, names
from xltool.layout.columns import NAMED
from xltool.scheme.categories import COSTS, LEVEL2, categories, is_category
from xltool.scheme.contract.judging_words import SAVED, UNIT_COST
from xltool.scheme.contract.word_lists import TOTAL_COST
from xltool.scheme.key import field_key
from xltool.scheme.labels import ACTUAL, label_of
from xltool.scheme.thresholds import COST_GAP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Scheme, Sheet

_PROJECT = field_key("cover.project")


def cost_checks(scheme: Scheme, sheet: Sheet) -> Iterator[LiveCheck]:
    """项目的表，绩效指标的一行；单位要是元、万元、亿元。"""
    needed = ("cover.project", "finance.total", "finance.adjusted")
    own = {"title", LEVEL2, "actual", "unit", "note"} <= {field.key for field in sheet.fields}
    if own and all(map(scheme.has, needed)) and categories(scheme, COSTS):
        both = f"{label_of(scheme, ACTUAL)}与{label_of(scheme, 'finance.total')}"
        says = f"项目的成本：{both}相差太多，请核对；口径不同的请写明"
        check = LiveCheck(("E04",), Severity.WARNING, says, _apart, _is_apart, NOTE_UNSAID)
        yield single(scheme, check)


def _not_whole(scheme: Scheme) -> tuple[str, ...]:
    """说一件的、省下的：不是整个项目花的钱。"""
    return (*scheme.words(UNIT_COST), *scheme.words(SAVED))


def _apart(line: Line) -> str:
    scheme, refs = line.scheme, line.refs
    actual, unit, spent = line.at("actual"), line.at("unit"), refs.cell(SPENT)
    rate = money_rate(unit)
    cost = f"{actual}*{rate}"
    named, project = line.at(NAMED.key), folded_formula(refs.cell(_PROJECT))
    same = f'IF({named}="",FALSE,IFERROR({named}={project},FALSE))'
    rest = f'SUBSTITUTE({line.at("title")},{refs.cell(_PROJECT)},"")'
    other = has_word(rest, _not_whole(scheme))
    whole = f"IF({has_word(line.at('title'), scheme.words(TOTAL_COST))},NOT({other}),{same})"
    gap = f"ROUND(ABS({cost}-{spent})/MAX(ABS({cost}),ABS({spent})),"
    far = f"{gap}{refs.parameter('working_digits')})>{refs.parameter(COST_GAP.key)}"
    ready = f"AND(ISNUMBER({actual}),ISNUMBER({spent}),{line.of_category(*COSTS)})"
    some = f"AND({rate}>0,OR({actual}<>0,{spent}<>0))"
    return f"IF({ready},IF({some},IF({whole},{far},FALSE),FALSE),FALSE)"


def _is_apart(judged: Judged) -> bool:
    facts, row = judged.facts, indicator_row(judged.facts, judged.row)
    actual, spent = row.record.measure("actual").number, facts.number(SPENT)
    times = MONEY.get(judged.raw("unit"))
    if actual is None or spent is None or times is None or not (actual or spent):
        return False
    if not is_category(facts.scheme, judged.raw(LEVEL2), *COSTS) or not _is_whole(judged):
        return False
    cost = actual * times
    gap = abs(cost - spent) / max(abs(cost), abs(spent), Decimal(0))
    return facts.scheme.precise(gap) > COST_GAP.of(facts.scheme)


def _is_whole(judged: Judged) -> bool:
    title, project = judged.raw("title"), judged.facts.entry(_PROJECT).raw
    scheme = judged.facts.scheme
    if names(title, scheme.words(TOTAL_COST)):
        return not names(title.replace(project, "") if project else title, _not_whole(scheme))
    return folded(title) != "" and folded(title) == folded(project)
