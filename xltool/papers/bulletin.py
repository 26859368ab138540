"""绩效自评情况通报填什么：各数都取自汇总，按复核以后的；只列单位，不抄人名、电话。"""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from operator import itemgetter
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.consolidated.findings_sheet import SENT_BACK
from xltool.excel.chart_part import chart_part
from xltool.narrative.gaps import gap
from xltool.papers.bulletin_choices import call, called_units, praise, praised_units
from xltool.papers.bulletin_units import COUNTED, delivery, names, noted
from xltool.papers.looks import GRADES_SIZE, LOST_SIZE
from xltool.papers.printing import percent, points
from xltool.papers.repeating import Listed
from xltool.papers.runs import LINE_BREAK
from xltool.papers.themes import theme_items
from xltool.scheme.family import family_of
from xltool.values.masking import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xltool.consolidated.saved_book import SavedBook
    from xltool.consolidated.settling import Settled, SettledUnit
    from xltool.papers.filling import Values
    from xltool.scheme.model import Scheme
    from xltool.season.choosing import Choosing
    from xltool.season.letter import Letter

YEAR, WORK, BASIS, OFFICE, DELIVERY = "年度", "工作", "通知", "发文单位", "报送情况"
TITLE: Final = "标题"

DEADLINE: Final = "整改期限"
GRADES, UNITS, LOST, THEMES = "等级分布", "各单位", "失分指标", "问题主题"
PRAISED, CALLED, OVERALL = "表扬", "提醒", "总体情况"
PRAISE, CALL = "表扬小结", "提醒小结"
GRADE_CHART, LOST_CHART = "等级分布图", "失分图"
_COLUMNS: Final = {
    GRADES: ("表种", "等级", "单位数", "占比"),
    UNITS: ("名次", "表种", "单位", "系统得分", "复核得分", "等级"),
    LOST: ("序号", "表种", "指标", "分值", "平均得分", "平均失分", "失分单位"),
    THEMES: ("序号", "主题", "处数", "单位数", "主要表现", "单位"),
    PRAISED: ("序号", "单位", "得分"),
    CALLED: ("序号", "单位", "原因"),
}
PLACEHOLDERS: Final = (
    *(TITLE, YEAR, WORK, BASIS, OFFICE, DELIVERY, OVERALL, PRAISE, CALL, DEADLINE),
    *(GRADE_CHART, LOST_CHART),
    *(f"{name}.{column}" for name, columns in _COLUMNS.items() for column in columns),
)
_WORK: Final = "绩效自评"
_MOST_LOST: Final = 10  # 失分最多的列几个指标
_MOST_NAMED: Final = 5  # 最高、最低并列的，最多写几个


class Loss(NamedTuple):
    """一个指标丢的分：各单位的平均，和有几个单位丢了分。"""

    scheme: Scheme
    title: str
    points: Decimal
    mean: Decimal
    units: int
    everyone: int

    @property
    def lost(self) -> Decimal:
        """平均丢几分；分值随填报而定的，按各单位自己的分值。"""
        return self.points - self.mean


def bulletin_values(
    saved: SavedBook, settled: Settled, letter: Letter, choosing: Choosing
) -> Values:
    """各个名称的内容；`letter` 是谁发、什么时候以前整改，`choosing` 是点名的界限。"""
    units = settled.units
    scored = [unit for unit in units if unit.reviewed is not None]
    every = [source.scheme for source in saved.sources]
    schemes = list({family_of(one): one for one in every}.values())  # 先后的版面合成一种
    errors, themes = theme_items(saved)
    losses = _losses(scored)
    praised = list(praised_units(scored, errors, choosing))
    called = list(called_units(units, errors, choosing))
    years = "、".join(sorted({str(one.year) for one in every}))
    works = list(dict.fromkeys(one.work for one in every))
    return {
        TITLE: _title(years, works),
        YEAR: years,
        WORK: "、".join(works),
        BASIS: "、".join(dict.fromkeys(one.basis for one in every if one.basis)),
        OFFICE: masked(letter.office) or gap(OFFICE, OFFICE),
        DEADLINE: letter.deadline or gap(DEADLINE, OFFICE),
        DELIVERY: tuple(delivery(units)),
        OVERALL: (*_overall(schemes, scored), *_beneath(saved)),
        GRADES: Listed(tuple(_grades(schemes, scored))),
        UNITS: Listed(tuple(_ranking(scored))),
        LOST: _numbered(_lost(losses)),
        THEMES: _numbered(themes),
        PRAISE: praise(choosing) if praised else "",
        PRAISED: _numbered(praised),
        CALL: call(choosing) if called else "",
        CALLED: _numbered(called),
        GRADE_CHART: chart_part("图1　各等级单位数", _grade_bars(schemes, scored), GRADES_SIZE),
        LOST_CHART: chart_part(
            "图2　平均失分最多的指标（分）", _lost_bars(schemes, losses), LOST_SIZE, "0.00"
        ),
    }


def _title(years: str, works: Sequence[str]) -> str:
    """标题：一行写不下，在“绩效自评”前面分行，不把词拆开。"""
    stems = [work.removesuffix(_WORK) for work in works]
    if not all(work.endswith(_WORK) for work in works):
        return f"关于{years}年度{'、'.join(works)}情况的通报"
    listed = "和".join(filter(None, ("、".join(stems[:-1]), stems[-1])))
    return f"关于{years}年度{listed}{LINE_BREAK}{_WORK}情况的通报"


def _numbered(items: Iterable[Mapping[str, str]]) -> Listed:
    return Listed(tuple({"序号": str(n), **item} for n, item in enumerate(items, 1)))


def _overall(schemes: Sequence[Scheme], scored: Sequence[SettledUnit]) -> Iterator[str]:
    """一种表一段：几个单位，平均、中位、最高、最低，与自评的差。"""
    for scheme in schemes:
        own = [unit for unit in scored if family_of(unit.scheme) == family_of(scheme)]
        totals = [unit.reviewed for unit in own if unit.reviewed is not None]
        if not totals:
            continue
        head = f"填“{scheme.variant}”表的{len(own)}个" if len(schemes) > 1 else f"{len(own)}个单位"
        mean = sum(totals, Decimal(0)) / len(totals)
        high, low = max(totals), min(totals)
        best = names([unit for unit in own if unit.reviewed == high], _MOST_NAMED)
        worst = names([unit for unit in own if unit.reviewed == low], _MOST_NAMED)
        changed = sum(unit.reviewed != unit.total for unit in own)
        said = f"，其中{changed}个经复核调整了得分" if changed else ""
        apart = sum(unit.status == SENT_BACK or unit.due not in COUNTED for unit in own)
        said += f"，连同复核退回、多报、名单外、表种不对的{apart}个" if apart else ""
        if len(totals) == 1:
            yield f"{head}有得分{said}：{points(mean)}分（{best}）。"
            continue
        yield (
            f"{head}有得分{said}：平均{points(mean)}分，中位数{points(median(totals))}分；"
            f"最高{points(high)}分（{best}），最低{points(low)}分（{worst}）。"
        )


def _beneath(saved: SavedBook) -> Iterator[str]:
    """并入的下级汇总合成一段，照下级的数；没有的不说。"""
    listed = saved.beneath
    scores = [score for _, score in listed if score is not None]
    if not scores:
        return
    mean = sum(scores, Decimal(0)) / len(scores)
    yield (
        f"另并入下级汇总的{len(listed)}个单位，{len(scores)}个有得分：平均{points(mean)}分，"
        f"中位数{points(median(scores))}分；最高{points(max(scores))}分，最低{points(min(scores))}分。"
    )


def _grades(schemes: Sequence[Scheme], scored: Sequence[SettledUnit]) -> Iterator[dict[str, str]]:
    for scheme in schemes:
        own = (unit for unit in scored if family_of(unit.scheme) == family_of(scheme))
        found = Counter(unit.reviewed_grade for unit in own)
        total = found.total()
        for grade in scheme.grades if total else ():
            count = found[grade.name]
            yield dict(
                zip(
                    _COLUMNS[GRADES],
                    (scheme.variant, grade.name, str(count), percent(Decimal(count) / total)),
                    strict=True,
                )
            )


def _grade_bars(
    schemes: Sequence[Scheme], scored: Sequence[SettledUnit]
) -> list[tuple[str, Decimal | int]]:
    """各等级有几个，几种表合在一起；等级由高到低。"""
    found = Counter(unit.reviewed_grade for unit in scored)
    names = dict.fromkeys(grade.name for scheme in schemes for grade in scheme.grades)
    return [(name, found[name]) for name in names]


def _lost_bars(
    schemes: Sequence[Scheme], losses: Sequence[Loss]
) -> list[tuple[str, Decimal | int]]:
    """失分的各个指标；几种表合在一起的，写明是哪一种的。"""
    several = len(schemes) > 1
    return [
        (f"{one.scheme.variant}：{one.title}" if several else one.title, one.lost) for one in losses
    ]


def _ranking(scored: Sequence[SettledUnit]) -> Iterator[dict[str, str]]:
    """各表种依名次。"""
    forms = list(dict.fromkeys(family_of(one.scheme) for one in scored))
    places = [(forms.index(family_of(one.scheme)), one.reviewed_rank, one.number) for one in scored]
    for _, unit in sorted(zip(places, scored, strict=True), key=itemgetter(0)):
        texts = (
            str(unit.reviewed_rank),
            unit.scheme.variant,
            noted(unit),
            points(unit.total),
            points(unit.reviewed),
            unit.reviewed_grade,
        )
        yield dict(zip(_COLUMNS[UNITS], texts, strict=True))


def _losses(scored: Sequence[SettledUnit]) -> list[Loss]:
    """平均丢分最多的各个指标，由多到少。"""
    rows: dict[tuple[tuple[object, ...], str, str], list[tuple[Decimal, Decimal]]] = defaultdict(
        list
    )
    schemes = {family_of(unit.scheme): unit.scheme for unit in scored}
    for unit in scored:
        form = family_of(unit.scheme)
        for line in unit.lines:
            if line.counted is not None:
                indicator = unit.scheme.indicator(line.code)
                key = form, indicator.level2, indicator.title
                rows[key].append((line.points, line.counted))
    losses = []
    for (form, _, title), found in rows.items():
        points = sum((one for one, _ in found), Decimal(0)) / len(found)
        mean = sum((one for _, one in found), Decimal(0)) / len(found)
        losers = sum(own < full for full, own in found)
        losses.append(Loss(schemes[form], title, points, mean, losers, len(found)))
    losses.sort(key=lambda one: -one.lost)
    return [one for one in losses if one.units][:_MOST_LOST]


def _lost(losses: Sequence[Loss]) -> Iterator[dict[str, str]]:
    for one in losses:
        texts = (
            one.scheme.variant,
            one.title,
            points(one.points),
            points(one.mean),
            points(one.lost),
            f"{one.units}/{one.everyone}",
        )
        yield dict(zip(_COLUMNS[LOST][1:], texts, strict=True))
