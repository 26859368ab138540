"""单独的计分办法：不由别的办法合成；合成的（取高的）从这里取各种办法。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scoring.methods.banded import Banded
from xltool.scoring.methods.ceiling import Ceiling
from xltool.scoring.methods.checklist import Checklist
from xltool.scoring.methods.choice import Choice
from xltool.scoring.methods.deduct import Deduct
from xltool.scoring.methods.indicator_mean import IndicatorMean
from xltool.scoring.methods.indicator_sum import IndicatorSum
from xltool.scoring.methods.pass_mark import PassMark
from xltool.scoring.methods.per_step import PerStep
from xltool.scoring.methods.proportional import Proportional
from xltool.scoring.methods.record_mean import RecordMean
from xltool.scoring.methods.record_weighted_mean import RecordWeightedMean

if TYPE_CHECKING:
    from xltool.scoring.method import Method

SINGLE: dict[str, type[Method]] = {
    method.name: method
    for method in (
        Banded,
        Ceiling,
        Checklist,
        Choice,
        Deduct,
        IndicatorMean,
        IndicatorSum,
        PassMark,
        PerStep,
        Proportional,
        RecordMean,
        RecordWeightedMean,
    )
}
