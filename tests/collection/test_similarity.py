"""谁和谁写得一样：一字不差、改了个别字、只是话题相同；同一部门的不算。"""

from __future__ import annotations

from decimal import Decimal

from xltool.collection.similarity import Copied, Passage, copied

SIMILARITY = Decimal("0.9")
LONG = "年初预算安排偏大而项目招标推迟到第三季度才完成所以当年支出进度偏低质保金结转下年支付"
CLOSE = LONG.replace("第三季度", "第四季度")  # 四十五个字里改一个
OTHER = "全年组织开展安全生产专项检查九次发现隐患三百三十九项提出整改建议一百二十四项全部完成"


def passage(department: str, unit: int, text: str, number: int = 0) -> Passage:
    return Passage(department, unit, number, text)


def test_the_same_words_in_two_departments() -> None:
    one, two = passage("甲局", 0, LONG), passage("乙局", 1, LONG, 4)
    assert copied([one, two], SIMILARITY) == {
        0: Copied(0, 1, same=True, places=1),
        1: Copied(4, 0, same=True, places=1),
    }


def test_a_few_words_changed() -> None:
    one, two = passage("甲局", 0, LONG), passage("乙局", 1, CLOSE)
    found = copied([one, two], SIMILARITY)
    assert {unit: (one.other, one.same) for unit, one in found.items()} == {
        0: (1, False),
        1: (0, False),
    }
    assert copied([one, two], Decimal("0.99")) == {}


def test_the_same_topic_is_no_copy() -> None:
    assert copied([passage("甲局", 0, LONG), passage("乙局", 1, OTHER)], SIMILARITY) == {}


def test_one_department_may_repeat_itself() -> None:
    own = [passage("甲局", 0, LONG), passage("甲局", 1, LONG), passage("甲局", 1, CLOSE)]
    assert copied(own, SIMILARITY) == {}


def test_the_places_of_a_unit_are_counted_and_the_first_is_named() -> None:
    listed = [
        passage("甲局", 0, LONG),
        passage("乙局", 1, LONG, 1),
        passage("乙局", 1, OTHER, 2),
        passage("丙局", 2, OTHER),
    ]
    found = copied(listed, SIMILARITY)
    assert (found[1].first, found[1].other, found[1].places) == (1, 0, 2)


def test_a_thousand_departments_with_the_same_words_are_quickly_told() -> None:
    """只与最先的别的部门比，不两两去比。"""
    listed = [passage(f"第{number}局", number, LONG) for number in range(1000)]
    found = copied(listed, SIMILARITY)
    assert len(found) == 1000
    assert {one.other for unit, one in found.items() if unit} == {0}
    assert found[0].other == 1


def test_short_texts_do_not_break_it() -> None:
    assert copied([passage("甲局", 0, "短"), passage("乙局", 1, "长")], SIMILARITY) == {}
