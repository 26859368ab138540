"""取高的：两种办法各算各的，取得分高的；有一种算不出的看另一种。"""

from __future__ import annotations

import pytest
from scoring_builder import BANDED_07, FILE, better_of, method_for, mutated, score_of

from xltool.scheme.problem import SchemeProblem
from xltool.scoring.catalogue import methods_of

RATE, SPENT = "预算调整率", "决算支出"


def score(initial: str, adjusted: str, total: str) -> tuple[str, str]:
    """第07项4分：调整率10%以内满分、其余得一半；或决算支出÷调整后预算数×4分。"""
    fields = {
        "finance.initial": initial,
        "finance.adjusted": adjusted,
        "finance.total": total,
    }
    result = score_of("07", fields, scheme=better_of())
    return str(result.value), result.trace


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("100", "110", "0"), "4.00"),  # 只有第一种满分
        (("100", "200", "200"), "4.00"),  # 只有第二种满分
        (("100", "200", "100"), "2.00"),  # 相同
        (("100", "200", "99"), "2.00"),  # 第二种1.98
        (("100", "200", "101"), "2.02"),
        (("", "200", "60"), "1.20"),  # 第一种缺数
        (("100", "105", ""), "4.00"),  # 第二种缺数
        (("0", "5", "3"), "2.40"),  # 第一种分母为零
        (("", "", "3"), "None"),
    ],
)
def test_points(given: tuple[str, str, str], expected: str) -> None:
    assert score(*given)[0] == expected


def test_trace_shows_both_ways_and_the_one_taken() -> None:
    assert score("100", "200", "101")[1] == (
        "按调整率：预算调整率=|调整后预算数200-年初预算数100|÷年初预算数100=100%，得分比例50%×4分=2.00；"
        "按支出率：决算支出101÷调整后预算数200=50.50%，×4分=2.02；取高的=2.02"
    )


def test_the_way_not_known_is_said() -> None:
    assert score("100", "105", "")[1].endswith("；按支出率：不能计分：缺决算支出；取高的=4.00")
    assert score("", "", "3")[1] == ("不能计分：按调整率缺预算调整率；按支出率缺调整后预算数")


def test_deductions_are_those_of_the_way_taken() -> None:
    fields = {"finance.initial": "100", "finance.adjusted": "200", "finance.total": "101"}
    result = score_of("07", fields, scheme=better_of())
    assert [str(one.points) for one in result.deductions] == ["1.98"]
    assert "决算支出" in result.deductions[0].why


def test_sentence() -> None:
    assert method_for(better_of(), "07").sentence() == (
        "下列两种办法取得分高的："
        "（1）按调整率：预算调整率≤10%得4分，其余得2分。"
        "（2）按支出率：比例=决算支出÷调整后预算数×100%，得分=比例×4分，最高4分；"
        "调整后预算数为0的，不得分。"
    )


@pytest.mark.parametrize(
    ("change", "path", "said"),
    [
        (('name = "proportional"', 'name = "best_of"'), "way2.name", "不能用作几种办法之一"),
        (('name = "proportional"', 'name = "half"'), "way2.name", "不能用作几种办法之一"),
        (("when_zero = 0", "limit = 0"), "way2.parameters", "要写 when_zero"),
        (('better = "low"', 'better = "up"'), "way1.inputs.better", "应是 high 或 low"),
        (("share = 1 ", "share = 2 "), "way1.parameters.share1", "得分比例应在"),
        (('"finance.total"', '"finance.nothing"'), "way2.inputs.numerator", "没有填报项"),
    ],
)
def test_a_fault_names_the_way(change: tuple[str, str], path: str, said: str) -> None:
    with pytest.raises(SchemeProblem, match=said) as caught:
        methods_of(better_of(change))
    assert f"{FILE}：indicators.07.method.{path}：" in str(caught.value)


def test_one_way_is_no_choice() -> None:
    with pytest.raises(SchemeProblem, match="要写两种以上的办法"):
        methods_of(mutated((BANDED_07, 'name = "best_of", inputs = {}')))


def test_ways_belong_to_this_method_only() -> None:
    way = '{ title = "甲", name = "deduct", inputs = {}, origin = "假设：试验" }'
    with pytest.raises(SchemeProblem, match="不由几种办法合成"):
        methods_of(mutated((BANDED_07, f"{BANDED_07}, ways = [{way}]")))
