"""汇总完了印：带过来多少复核意见，哪几条要人看，原来的各份到哪里去了。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.cli.standing import SHOWN
from xltool.cli.text import safe
from xltool.collection.reviewed import unlisted
from xltool.collection.verdicts import UNCLEAR, VERDICTS, WHOSE
from xltool.consolidated.left_over import OTHERS
from xltool.finding import bounded
from xltool.values import quote

if TYPE_CHECKING:
    from xltool.cli.console import Console
    from xltool.collection.model import Collection
    from xltool.collection.verdicts import Reviews
    from xltool.excel.output_set import OutputSet


def brought(console: Console, place: OutputSet, reviews: Reviews) -> None:
    """带过来多少复核意见，几份里写的不同的。"""
    if reviews.any:
        carried = (*reviews.findings.values(), *reviews.scores.values())
        changed = sum(one.changed for one in carried)
        unclear = sum(one.why in (UNCLEAR, WHOSE) for one in reviews.gone)
        note = f"，其中分不清是哪个单位、哪一条的 {unclear} 条" if unclear else ""
        note += f"，另写的 {len(reviews.others)} 处" if reviews.others else ""
        console.note(
            f"复核意见带过来 {len(carried)} 条，其中数据已改、请再看的 {changed} 条；"
            f"已不再出现的 {len(reviews.gone)} 条{note}。"
        )
    for spare in place.brought.spares:
        console.note(f"“{safe(spare.name)}”里写的也带过来了。")
    for one in place.brought.clashes:
        console.note(
            f"写的不同 {safe(one.unit)} {safe(one.item)}："
            f"{safe(one.kept)} 里是 {safe(bounded(one.kept_words))}；"
            f"{safe(one.other)} 里是 {safe(bounded(one.other_words))}。"
            f"照前一份，后一份写的抄在“{OTHERS}”。"
        )


def strange(console: Console, collection: Collection, reviews: Reviews) -> None:
    """不在列表里的意见：首页、通报都没有计，写在哪一条。"""
    found = list(unlisted(collection.units, reviews))
    if found:
        said = (f"{one.unit} {one.item} 写的是“{quote(one.word)}”" for one in found[:SHOWN])
        shown = "；".join(said)
        more = "等" if len(found) > SHOWN else ""
        console.note(
            f"复核意见不在列表里、没有计的 {len(found)} 条：{safe(shown)}{more}。"
            f"请改成 {'、'.join(VERDICTS)} 之一；疑点清单“计为”一栏标着。"
        )


def kept_beside(console: Console, place: OutputSet) -> None:
    """换上新的一份以后，原来的各份到哪里去了。"""
    for kept in place.kept:
        console.note(f"存过的那一份留在 {safe(str(kept))}")
    for old in place.dropped:
        console.note(f"{safe(str(old))} 没有人写过，由这一份代替，删去了。")
