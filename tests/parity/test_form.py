"""整份报送表：程序的结果与公式的结果一格不差，由三个别的程序重新计算来核对。

随程序带的各个方案、改动了参数的各个方案；模板、示例、每条界限、随机排出的。
平时跑的：第二个引擎看全部界限；慢的 LibreOffice、改动了参数的方案只看够用的几份，其余在 nightly。
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from live_bases import sample_forms
from parity_books import form_book
from parity_boundary import fitting, full_marks
from parity_cells import bare, book_of, differences, frozen, wanted
from parity_engines import (
    Loaded,
    formualizer_each,
    formualizer_found,
    ironcalc_each,
    ironcalc_found,
    needs_office,
    office,
)
from parity_office import office_changing
from parity_project import edges_of, full_project
from parity_random import random_contents
from scheme_variants import ADMITTED, PROJECT, PROJECT_101, SPECIAL, bases, brief, shipped, variants

from xltool.form.book import form_plan
from xltool.form.continued_places import BLOCKS
from xltool.form.form import make_form
from xltool.form.live.check import DUTIES, duty_of
from xltool.form.status import NOT_READY, READY
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from parity_cells import Book, Found
    from parity_engines import Plan

    from xltool.facts.typed import Typed
    from xltool.form.form import Form
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme
    from xltool.scoring.score import Score

    Kind = tuple[str, str, object]  # 哪里、别的、怎样的结果
    from xltool.sheets.plan import WorkbookPlan

OFFICE_SEEDS, MORE_SEEDS = (0, 1, 20237), range(2, 8)  # 每个方案；20237 的年度是负数
FEWER, FEWER_EDGES = 4, 50  # 平时几份示例、几条界限里看一份
SEEDS = range(1000, 1040)
SECOND_SEEDS = SEEDS[:3]  # 第二个引擎平时看的
VARIANT_SEEDS, FEW_SEEDS = range(2000, 2005), range(2000, 2001)
NIGHTLY_SEEDS = range(10_000, 11_000)
NIGHTLY_OFFICE = range(20_000, 20_300)  # 每个方案
TEXT_SEEDS, NIGHTLY_TEXT = range(3000, 3004), range(3004, 3100)
CHANGED, UNCHANGED = 10, 4  # 改动了的方案平时最多看几份界限：结果变了的、没有变的
_NUMBER = re.compile(r"\d[\d.,]*")
nightly = pytest.mark.nightly
each_shipped = pytest.mark.parametrize("scheme_id", shipped())
# 部门的、项目的平时各看一种；早先下发的版面公式照旧不变：都每晚看
one_of_each = pytest.mark.parametrize(
    "scheme_id",
    [
        one if one in (SPECIAL, PROJECT_101) else pytest.param(one, marks=nightly)
        for one in shipped()
    ],
)
VARIANTS = [name for name in variants() if name != ADMITTED]
each_variant = pytest.mark.parametrize("name", VARIANTS)
# 平时三个看一个，其余在 nightly
every_third_variant = pytest.mark.parametrize(
    "name", [pytest.param(one, marks=nightly if n % 3 else ()) for n, one in enumerate(VARIANTS)]
)


def plan_of(scheme: Scheme, contents: Mapping[CellKey, Typed]) -> WorkbookPlan:
    return frozen(form_plan(make_form(scheme, contents)))


@cache
def forms_on_edges(scheme: Scheme) -> dict[str, Form]:
    """全部界限。"""
    few = brief(scheme)
    return {name: make_form(few, contents) for name, contents in edges_of(few)}


@cache
def on_edges(scheme: Scheme) -> dict[str, Book]:
    return {name: form_book(form) for name, form in forms_on_edges(scheme).items()}


@cache
def telling(scheme: Scheme) -> dict[str, Book]:
    """界限里够用的几份：每个公式（记录表一栏算一个）的每种结果都有一份。

    正、零、负算三种；文字只是其中的数不同的算一种。
    """
    shown = {name: set(_kinds_of_results(scheme, one)) for name, one in on_edges(scheme).items()}
    return {name: on_edges(scheme)[name] for name in _covering(shown)}


def barely_telling(scheme: Scheme) -> dict[str, Book]:
    """同上，文字只分有没有。"""
    shown = {
        name: {
            (*spot, bool(kind) if isinstance(kind, str) else kind)
            for *spot, kind in _kinds_of_results(scheme, one)
        }
        for name, one in on_edges(scheme).items()
    }
    return {name: on_edges(scheme)[name] for name in _covering(shown)}


def _covering(shown: Mapping[str, set[Kind]]) -> Iterator[str]:
    """各份里有的，几份就都有了：每次取还缺的最多的一份。"""
    left: set[Kind] = set().union(*shown.values())
    while left:
        name = max(shown, key=lambda name: len(shown[name] & left))
        left -= shown[name]
        yield name


def _kinds_of_results(scheme: Scheme, plan: Book) -> Iterator[Kind]:
    records = {sheet.name for sheet in scheme.sheets if sheet.kind is SheetKind.RECORDS}
    for (sheet, at), cell in wanted(plan).items():
        kind: object = _NUMBER.sub("0", str(cell.result))
        if isinstance(cell.result, Decimal):
            kind = (cell.result > 0) - (cell.result < 0)
        yield sheet, at.rstrip("0123456789") if sheet in records else at, kind


def changed_edges(name: str) -> dict[str, Book]:
    """一个改动了的方案的几份界限：改动动得了的各个得分，变了的、没有变的，每种算法、每种结果都有。"""
    scheme, base = brief(variants()[name]), brief(shipped()[bases()[name]])
    forms: dict[str, Form] = {}
    moved: dict[str, set[Kind]] = {}
    kept: dict[str, set[Kind]] = {}
    for edge, contents in edges_of(scheme):
        forms[edge] = form = make_form(scheme, contents)
        before = scores_before(base, frozenset(fitting(base, contents).items()))
        for now, was in zip(form.scorecard.scores, before, strict=True):
            side = moved if now.value != was.value else kept
            side.setdefault(edge, set()).add(_kind_of_score(now))
    codes = {code for kinds in moved.values() for code, *_ in kinds}
    if codes:
        kept = {edge: {one for one in kept[edge] if one[0] in codes} for edge in kept}
    taken = {*islice(_covering(moved), CHANGED), *islice(_covering(kept), UNCHANGED)}
    return {edge: form_book(form) for edge, form in forms.items() if edge in taken}


@cache
def scores_before(base: Scheme, contents: frozenset[tuple[CellKey, Typed]]) -> tuple[Score, ...]:
    """改动以前的得分；同一份界限，几个改动都要比。"""
    return make_form(base, dict(contents)).scorecard.scores


def _kind_of_score(score: Score) -> Kind:
    """哪个指标，不能计分、零分、满分还是别的分，过程只是其中的数不同的算一种。"""
    value: object = score.value
    if score.value not in {None, 0, score.points}:
        value = "别的分"
    return score.code, _NUMBER.sub("0", score.trace), value


@cache
def template(scheme_id: str) -> Book:
    """一个模板，整个工作簿。"""
    return book_of(plan_of(shipped()[scheme_id], {}))


@cache
def sample(name: str) -> Book:
    """一份示例数据，只留格：校验和版式与模板一样；旧版方案的那份用它自己的方案。"""
    return book_of(bare(plan_of(*sample_forms()[name])))


@cache
def bare_template(scheme_id: str) -> Book:
    return book_of(bare(template(scheme_id).plan()))


def whole(*, every: bool) -> dict[str, Book]:
    """各个模板、示例，备足了行的，只留格；平时示例隔几份取一份，一种表的一份。"""
    names = list(sample_forms())
    if not every:
        forms = {name: sample_forms()[name][0] for name in names[::FEWER]}
        names = list({(one.id, one.version): name for name, one in forms.items()}.values())
    return {one: bare_template(one) for one in shipped()} | {one: sample(one) for one in names}


def drawn(scheme: Scheme, seeds: Iterable[int]) -> dict[str, Book]:
    """由种子排出的各份。"""
    few = brief(scheme)
    return {f"种子{seed}": form_book(make_form(few, random_contents(few, seed))) for seed in seeds}


def by_the_office(plans: Mapping[str, Plan], folder: Path) -> dict[str, list[str]]:
    """LibreOffice 重算后与程序不同的各份、各格。"""
    return told_of(plans, office(plans, folder))


def told_of(plans: Mapping[str, Plan], found: Mapping[str, Found]) -> dict[str, list[str]]:
    told = {name: differences(plan, found[name]) for name, plan in plans.items()}
    return {name: cells for name, cells in told.items() if cells}


def by_formualizer(
    plans: Mapping[str, Plan], loaded: list[Loaded] | None = None
) -> dict[str, list[str]]:
    """formualizer 重算后与程序不同的各份、各格；同一个方案的各份。"""
    each = zip(plans.items(), formualizer_each(plans.values(), loaded), strict=True)
    told = {name: differences(plan, found) for (name, plan), found in each}
    return {name: cells for name, cells in told.items() if cells}


@cache
def loaded_on(base: str) -> list[Loaded]:
    """一个方案装好的几本，头一本是它自己空白的。"""
    return [Loaded(form_book(make_form(brief(shipped()[base]), {})))]


def by_ironcalc(plans: Mapping[str, Plan], folder: Path) -> dict[str, list[str]]:
    """IronCalc 重算后与程序不同的各份、各格；同一种表的（文件属性里写着）只装一次。

    在装好的一本上换格，它有时算出错误，由自己的文件装起就对：不同的照自己的文件再算一遍。
    """
    books = {name: book_of(plan) for name, plan in plans.items()}
    alike: dict[str, list[str]] = {}
    for name, book in books.items():
        alike.setdefault(book.base.keywords, []).append(name)
    found: dict[str, Found] = {}
    for names in alike.values():
        each = ironcalc_each([books[name] for name in names], folder)
        found |= zip(names, each, strict=True)
    for name in told_of(books, found):
        found[name] = ironcalc_found(books[name], folder)
    return told_of(books, found)


# ---------------------------------------------------------------- 比的是什么


def counted(plan: Plan) -> dict[str, int]:
    """每张表有几个公式格。"""
    counts: dict[str, int] = {}
    for spot in wanted(plan):
        counts[spot.sheet] = counts.get(spot.sheet, 0) + 1
    return counts


def on_guide(plan: Plan) -> dict[str, Decimal | str | None]:
    """填报说明上各公式格应有的结果。"""
    return {at: cell.result for (sheet, at), cell in wanted(plan).items() if sheet == "填报说明"}


def test_every_kind_of_formula_is_compared() -> None:
    """得分、依据、合计、完成率、得分率、未填项数、勾稽、等级、可报送都在内。"""
    scheme = shipped()[SPECIAL]
    plan = plan_of(scheme, full_marks(scheme))
    rows = {sheet.key: sheet.capacity for sheet in scheme.sheets}
    assert counted(plan) == {
        # 可报送；各表三种各几处、第一处，算不出的，自查作不作数，填了多少；合计，整份填了多少；
        # 四个第一处；得分、等级、自评；勾稽；打印一段
        "填报说明": 1 + 9 * 9 + 5 + 8 + 3 + 5 + 1,
        # 各表顶上一句、整份填了多少；依据、得分和右边照着显示的，自查、照着它显示的、填了多少、
        # 有没有说明、佐证、公式在不在，印不下的两栏；合计和照着显示的；封面来的
        "评分表": 2 + 26 * 12 + 5 + 7,
        # 完成率、得分率、自查的五栏、照着显示的、填了多少、要问的八栏，印不下的两栏
        "绩效目标完成情况": 3 + rows["indicators"] * 19,
        "专项资金": 3 + rows["funds"] * 10,
        "收支与资产": 3 + 2 + 23 * 3 + 2,  # 自动计算的两项只查公式在不在；没有由人写字的
        "封面": 2 + 15 * 3 + 6 * 2,  # 选填的文字也要查是不是错误值；写字的六项
        "管理情况": 3 + 29 * 6,
        "重点任务": 3 + rows["tasks"] * 6,
        "上年度整改": 3 + rows["rectification"] * 5,
        "关键数据核对": 3 + 30 * 5,
        # 头一句、填报单位；印几页、还有几处；八张表前面几行、各几处，合计；二十六种格在第几栏、由
        # 哪一栏称呼；一格九样，头一格少一样
        "续页": 2 + 2 + 8 * 2 + 1 + 26 * 2 + BLOCKS * 9 - 1,
        "评分参数": 26,
    }
    results = on_guide(plan)
    assert results["A3"] == f"{READY}，须说明6处"  # 没有佐证，缺四类指标，一个重复；须说明的不拦
    assert (results["C22"], results["C23"]) == (Decimal("100.00"), "优")


def test_every_kind_of_formula_of_a_project_is_compared() -> None:
    scheme = shipped()[PROJECT_101]
    plan = plan_of(scheme, full_project(scheme))
    rows = {sheet.key: sheet.capacity for sheet in scheme.sheets}
    assert counted(plan) == {
        # 末三样：三栏资金的勾稽；分值合计；打印一段
        "填报说明": 1 + 5 * 9 + 5 + 8 + 3 + 3 + 1 + 1,
        # 顶上一句；依据、得分和照着显示的，自查的三栏、公式在不在；自定的分值；归拢的自评；
        # 合计和照着显示的；没有签章
        "评分表": 2 + 5 * 8 + 4 + 5 + 5,
        # 顶上一句；四个执行率；总分、分值合计、等级；各行三个得数，自查的七栏、要问的十栏，
        # 印不下的两栏；逐项表有要查的十二行自查的三栏、一处有没有说明、五行公式在不在、五行的行高，
        # 写字的七行
        "自评表": 2 + 4 + 3 + rows["indicators"] * 22 + 12 * 3 + 1 + 5 + 5 + 7 * 2,
        # 同上；一张表，十七种格，其中指标的六种由名称称呼
        "续页": 2 + 2 + 1 * 2 + 1 + 17 + 6 + BLOCKS * 9 - 1,
        "评分参数": 5,
    }
    results = on_guide(plan)
    assert results["A3"] == f"{READY}，须说明5处"  # 没有佐证，缺两类指标，两个重复；须说明的不拦
    assert (results["C18"], results["C19"]) == (Decimal("100.00"), "优")


@one_of_each
def test_the_boundaries_reach_every_result(scheme_id: str) -> None:
    """界限里有每个等级、每种勾稽结果，总分刚好在分数线上和少一分钱。"""
    scheme = shipped()[scheme_id]
    cards = [form.scorecard for form in forms_on_edges(scheme).values()]
    totals = {card.total for card in cards}
    lines = {grade.minimum for grade in scheme.grades} - {0}
    assert totals >= lines | {line - Decimal("0.01") for line in lines} | {None, Decimal(100)}
    assert {card.grade for card in cards} == {grade.name for grade in scheme.grades} | {""}
    results = {value for plan in on_edges(scheme).values() for value in on_guide(plan).values()}
    assert results >= {"相符", "不符", "待填"}
    banners = {str(on_guide(plan)["A3"]) for plan in on_edges(scheme).values()}
    missing, wrong, told = (f"{duty_of(one)}[1-9][0-9]*处" for one in DUTIES)
    stopped = f"{NOT_READY}：(?:{missing}(?:，{wrong})?|{wrong})(?:，{told})?"
    kinds = (f"{READY}，{told}", stopped, f"{NOT_READY}：有指标还不能计分，见“还算不出的第一处”")
    assert all(any(re.fullmatch(kind, one) for kind in kinds) for one in banners)
    assert all(any(re.fullmatch(kind, one) for one in banners) for kind in kinds[:2])


@each_shipped
def test_what_is_printed_is_the_plan(scheme_id: str) -> None:
    """各份换上有变的格，与整份的计划一格不差；记录多过备好的行数的也是。"""
    few = brief(shipped()[scheme_id])
    spread = [contents for _, contents in edges_of(few)][::FEWER_EDGES]
    crowded = max((contents for _, contents in edges_of(few)), key=len)
    for contents in (*spread, crowded, *(random_contents(few, seed) for seed in SEEDS[:4])):
        book, plan = form_book(make_form(few, contents)), book_of(plan_of(few, contents))
        assert {place: one for place, one in book.contents.items() if one is not None} == {
            place: one for place, one in plan.contents.items() if one is not None
        }
        assert book.wanted == plan.wanted
        assert (book.sheets, book.base.names) == (plan.sheets, plan.base.names)
        assert book_of(book.plan()).contents == book.contents


@each_shipped
def test_the_draw_is_varied(scheme_id: str) -> None:
    """随机的各份里，能计总分的、缺数的都不少；每个指标都有计分的、没有计分的。"""
    scheme = shipped()[scheme_id]
    forms = [make_form(scheme, random_contents(scheme, seed)) for seed in SEEDS]
    scored = [form for form in forms if form.scorecard.total is not None]
    assert 10 < len(scored) < len(SEEDS) - 10
    assert len({form.scorecard.total for form in scored}) > 10
    for number in range(len(scheme.indicators)):
        values = {form.scorecard.scores[number].value for form in forms}
        assert None in values
        assert len(values) > 2


# ---------------------------------------------------------------- LibreOffice


def by_day() -> dict[str, Book]:
    """平时看的：各个模板整个工作簿，几份示例；最大的一种表，界限里够用的几份，几份随机的。"""
    largest, admitted = shipped()[SPECIAL], variants()[ADMITTED]
    templates = {scheme_id: template(scheme_id) for scheme_id in shipped()}
    texts = {f"看文字的{name}": book for name, book in drawn(admitted, TEXT_SEEDS).items()}
    edges = telling(largest) | drawn(largest, OFFICE_SEEDS)
    return whole(every=False) | templates | edges | texts


@needs_office
def test_by_the_office(tmp_path: Path) -> None:
    """只起一次：公式相同的只装一份，以后换掉不同的格；份份都装的在 nightly。"""
    plans = by_day()
    assert told_of(plans, office_changing(plans, tmp_path)) == {}


@needs_office
@nightly
def test_every_sample_by_the_office(tmp_path: Path) -> None:
    assert by_the_office(whole(every=True), tmp_path) == {}


@needs_office
@nightly
@pytest.mark.parametrize("scheme_id", [one for one in shipped() if one != SPECIAL])
def test_shipped_schemes_by_the_office(scheme_id: str, tmp_path: Path) -> None:
    scheme = shipped()[scheme_id]
    plans = telling(scheme) | drawn(scheme, OFFICE_SEEDS)
    assert told_of(plans, office_changing(plans, tmp_path)) == {}


@needs_office
@nightly
@each_shipped
def test_every_boundary_by_the_office(scheme_id: str, tmp_path: Path) -> None:
    assert by_the_office(on_edges(shipped()[scheme_id]), tmp_path) == {}


@needs_office
@nightly
@each_shipped
@pytest.mark.parametrize(
    "seeds", [MORE_SEEDS, *(range(start, start + 100) for start in NIGHTLY_OFFICE[::100])]
)
def test_many_random_workbooks_by_the_office(scheme_id: str, seeds: range, tmp_path: Path) -> None:
    assert by_the_office(drawn(shipped()[scheme_id], seeds), tmp_path) == {}


@needs_office
@nightly
def test_a_formula_over_a_column_of_text_by_the_office(tmp_path: Path) -> None:
    assert by_the_office(drawn(variants()[ADMITTED], NIGHTLY_TEXT), tmp_path) == {}


@needs_office
@nightly
@pytest.mark.parametrize("name", variants())
def test_variants_by_the_office(name: str, tmp_path: Path) -> None:
    scheme = variants()[name]
    assert by_the_office(on_edges(scheme) | drawn(scheme, VARIANT_SEEDS), tmp_path) == {}


# ---------------------------------------------------------------- 第二、第三个引擎


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=nightly)])
def test_whole_workbooks_by_the_second_engine(*, every: bool) -> None:
    """每一份都由写出的文件装起。"""
    for name, book in whole(every=every).items():
        assert differences(book, formualizer_found(book)) == [], name


@one_of_each
def test_shipped_schemes_by_the_second_engine(scheme_id: str) -> None:
    scheme = shipped()[scheme_id]
    assert by_formualizer(on_edges(scheme) | drawn(scheme, SECOND_SEEDS)) == {}


@every_third_variant
def test_variants_by_the_second_engine(name: str) -> None:
    """改自同一个方案的都换在装好的一本上；由自己的文件装起的在 nightly。"""
    plans = changed_edges(name) | drawn(variants()[name], FEW_SEEDS)
    assert by_formualizer(plans, loaded_on(bases()[name])) == {}


@nightly
@each_variant
def test_every_boundary_of_variants_by_the_second_engine(name: str) -> None:
    scheme = variants()[name]
    assert by_formualizer(on_edges(scheme) | drawn(scheme, VARIANT_SEEDS)) == {}


@nightly
@each_shipped
def test_many_random_workbooks_by_the_second_engine(scheme_id: str) -> None:
    for seeds in (SEEDS, *(range(start, start + 100) for start in NIGHTLY_SEEDS[::100])):
        assert by_formualizer(drawn(shipped()[scheme_id], seeds)) == {}


@nightly
@each_variant
def test_many_random_variants_by_the_second_engine(name: str) -> None:
    assert by_formualizer(drawn(variants()[name], NIGHTLY_SEEDS[:200])) == {}


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=nightly)])
def test_whole_workbooks_by_the_third_engine(*, every: bool, tmp_path: Path) -> None:
    pytest.importorskip("ironcalc")
    assert by_ironcalc(whole(every=every), tmp_path) == {}


def test_boundaries_by_the_third_engine(tmp_path: Path) -> None:
    """各种表、全部界限都走的在 nightly。"""
    pytest.importorskip("ironcalc")
    assert by_ironcalc(barely_telling(shipped()[PROJECT]), tmp_path) == {}


@nightly
@each_shipped
def test_every_boundary_by_the_third_engine(scheme_id: str, tmp_path: Path) -> None:
    pytest.importorskip("ironcalc")
    assert by_ironcalc(on_edges(shipped()[scheme_id]), tmp_path) == {}
