"""完成比例加及格线：得分=(完成率-60%)÷(1-60%)×分值。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scoring_builder import FILE, marked, method_for, score_of, with_parameters

from xltool.scheme.key import CellKey
from xltool.scheme.problem import SchemeProblem
from xltool.scoring.catalogue import methods_of

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme


def score(total: str, adjusted: str, scheme: Scheme | None = None) -> tuple[str, str]:
    fields = {"finance.total": total, "finance.adjusted": adjusted}
    result = score_of("03", fields, scheme=scheme or marked())
    return str(result.value), result.trace


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("0", "0.00"),
        ("59.99", "0.00"),
        ("60", "0.00"),
        ("60.01", "0.00"),  # 0.00125
        ("60.04", "0.01"),  # 0.005，入
        ("75.7", "1.96"),  # 15.7÷40=39.25%，×5=1.9625
        ("80", "2.50"),
        ("99.99", "5.00"),  # 4.99875
        ("100", "5.00"),
        ("250", "5.00"),
        ("-20", "0.00"),
    ],
)
def test_points(total: str, expected: str) -> None:
    assert score(total, "100")[0] == expected


@pytest.mark.parametrize(
    ("total", "trace"),
    [
        ("80", "决算支出80÷调整后预算数100=80%，(80%-60%)÷(100%-60%)×5分=2.50"),
        ("59.99", "决算支出59.99÷调整后预算数100=59.99%，低于及格线60%，0×5分=0.00"),
        ("60", "决算支出60÷调整后预算数100=60%，(60%-60%)÷(100%-60%)×5分=0.00"),
        ("120", "决算支出120÷调整后预算数100=120%，按100%计，×5分=5.00"),
    ],
)
def test_trace(total: str, trace: str) -> None:
    assert score(total, "100")[1] == trace


def test_zero_denominator() -> None:
    assert score("7", "0") == ("2.50", "调整后预算数为0，按50%×5分=2.50")


def test_missing() -> None:
    result = score_of("03", {"finance.total": "1"}, scheme=marked())
    assert result.value is None
    assert result.missing == (CellKey("finance", "adjusted"),)
    assert result.trace == "不能计分：缺调整后预算数"


def test_sentence() -> None:
    assert method_for(marked(), "03").sentence() == (
        "完成率=决算支出÷调整后预算数×100%，低于60%不得分；"
        "得分=(完成率-60%)÷(100%-60%)×5分，最高5分；调整后预算数为0的，按分值的50%计。"
    )


def test_parameter_changes_sentence_and_score() -> None:
    scheme = with_parameters(marked(), {"03.pass_mark": "0.5"})
    assert "低于50%不得分；得分=(完成率-50%)÷(100%-50%)" in method_for(scheme, "03").sentence()
    assert score("80", "100", scheme)[0] == "3.00"


@pytest.mark.parametrize("mark", ["1", "1.2", "-0.1"])
def test_a_pass_mark_that_leaves_no_room_is_refused(mark: str) -> None:
    scheme = marked(f"pass_mark = {mark}, when_zero = 0")
    with pytest.raises(SchemeProblem) as caught:
        methods_of(scheme)
    assert caught.value.file == FILE
    assert caught.value.path == "indicators.03.method.parameters.pass_mark"
    assert caught.value.message == f"应在 0 和 1 之间，现为 {mark}"
