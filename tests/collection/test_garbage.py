"""读一份、印一份都不留下成环的垃圾：几百份连着做时，回收器一遍也不用跑。"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from xltool.collection.inbox import Item
from xltool.collection.reading import read_item
from xltool.excel.scored_forms import Job, write_form

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = Path(__file__).parents[2] / "sample_inputs" / "inbox" / "江门市工业和信息化局.xlsx"


def left_over(work: Callable[[], object]) -> int:
    """做一遍，回收器要找出几个对象；先做一遍，免得把只做一次的事也算进去。

    以前的都冻住不看：别的测试留下的多，全看一遍要几秒。
    """
    work()
    gc.disable()
    gc.freeze()
    try:
        work()
        return gc.collect()
    finally:
        gc.enable()


def test_reading_leaves_nothing_to_the_collector() -> None:
    assert left_over(lambda: read_item(Item(file=SAMPLE.name, path=SAMPLE))) == 0


def test_printing_leaves_nothing_to_the_collector(tmp_path: Path) -> None:
    packed = read_item(Item(file=SAMPLE.name, path=SAMPLE)).packed
    assert packed is not None
    job = Job(packed, str(tmp_path / "评分表.xlsx"))
    assert left_over(lambda: write_form(job)) == 0
