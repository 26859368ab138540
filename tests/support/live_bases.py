"""测试用：示例数据，和各方案填得干净的一份：由它改几格，才有整份可以逐条比的。"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from scheme_variants import GENERAL, PROJECT, PROJECT_101, SPECIAL

if TYPE_CHECKING:
    from xltool.facts.typed import Contents
    from xltool.scheme.model import Scheme

SAMPLES = Path(__file__).parents[2] / "sample_inputs"


@cache
def sample_forms() -> dict[str, tuple[Scheme, Contents]]:
    """每份示例数据的方案和内容。"""
    sys.path.append(str(SAMPLES))
    try:
        from generate import DATA, LIST_WIDTHS, read_sample
    finally:
        sys.path.remove(str(SAMPLES))
    found = {}
    for source in sorted(DATA.rglob("*.toml")):
        if source.stem not in LIST_WIDTHS:
            sample = read_sample(source)
            found[f"{source.parent.name}/{source.stem}"] = sample.scheme, sample.contents
    return found


BASES = {
    SPECIAL: "inbox/示例市教育局",
    GENERAL: "mixed/示例市供销合作联社_无专项资金",
    PROJECT: "mixed/示例市水利局_河道清淤整治",
    PROJECT_101: "mixed/示例市体育局_健身设施补短板",
}


def scheme_of(scheme_id: str) -> Scheme:
    return sample_forms()[BASES[scheme_id]][0]


def clean(scheme_id: str) -> Contents:
    return dict(sample_forms()[BASES[scheme_id]][1])
