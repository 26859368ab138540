"""S06 横向异常。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.self_scores import SELF_TOTAL
from xltool.finding import Severity
from xltool.flags.peers import LENGTH, SIGMAS, SIMILARITY, UNITS, peer_record_of
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.wording import name_of, points
from xltool.scheme.key import FULL_MARKS
from xltool.values import plain, quote
from xltool.values.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.peers import PeerRecord, Peers
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.model import Scheme

CODE = "S06"
_DIGITS = 2


@rule(
    CODE,
    severity=Severity.NOTICE,
    remedy="核对自评是否如实；与别的单位文字相同的，改成自己的事实。",
    source="重建：评价机构复核发现“10个项目自评全部100分”“从其他单位的模板照抄”",
    thresholds=(LENGTH, SIMILARITY, SIGMAS, UNITS),
    parameters=(FULL_MARKS,),
    needs=("cover.self_total",),
    batch=True,
    fires="自评100分；或每一行都是满分；或扣分原因与另一个单位一字不差；或自评远高于同批的平均数",
    silent="自评97.35分，同批平均93.20分、标准差3.10分；文字与别的单位不同",
)
def unusual_among_peers(case: Case) -> Iterator[Judgement]:
    """自评满分、与别的单位雷同，或远高于同批。

    单看一份看不出毛病，放在一起才看得出：人人满分、互相照抄、一家独高，都说明自评没有认真做。
    """
    return unusual(case.facts.scheme, peer_record_of(case.facts), case.peers)


def unusual(scheme: Scheme, peer_record: PeerRecord, peers: Peers | None) -> Iterator[Judgement]:
    """一份报送在同批里是否异常；`peers` 空着时只能看它自己。"""
    total, full = peer_record.total, scheme.full_marks
    if total is not None and total == full:  # 超过满分的填错了，归 S01
        yield Hit(SELF_TOTAL, f"自评{points(total)}，是满分")
    elif peer_record.full:
        yield Hit(SELF_TOTAL, "评分表每一行自评都是满分")
    if peers is None:
        yield Unjudged("同批的其他报送（汇总时才比）")
        return
    if peers.similarity is not None:
        key, other, same, places = peers.similarity
        how = "一字不差" if same else "几乎一样"
        more = f"，这样的共{places}处" if places > 1 else ""
        yield Hit(key, f"这段话与“{quote(other)}”的{how}{more}")

    least, (size, mean, deviation) = UNITS.of(scheme), peers.spread
    sigmas = SIGMAS.of(scheme)
    if total is None:
        yield Unjudged(name_of(scheme, SELF_TOTAL))
    elif size < least:  # 份数太少的不比
        yield Unjudged(f"同批的自评分数（只有{size}份，至少{plain(least)}份才比）")
    elif total > mean + sigmas * deviation > 0:
        average, spread = (points(rounded(number, _DIGITS)) for number in (mean, deviation))
        text = f"同批{size}份平均{average}、标准差{spread}，高出{plain(sigmas)}个标准差以上"
        yield Hit(SELF_TOTAL, f"自评{points(total)}，{text}")
