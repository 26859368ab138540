"""一季从头走到尾：建文件夹、发表、汇总、退回、改正、在 LibreOffice 里复核、核对、下一年。"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from season_walk import LATER, MOST, PAGE, TWICE, WRONG, page_of, walk

if TYPE_CHECKING:
    from pathlib import Path

    from season_walk import Step

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="没有装 LibreOffice")
FEW = 6


@pytest.mark.usefixtures("marking_here")
def test_a_few_units_walk_the_whole_season(tmp_path: Path) -> None:
    """每一步印出要紧的几句，与那一页的命令一样；人数少，别的都真做。"""
    steps = walk(tmp_path, FEW)
    assert [step.command for step in steps] == _commands()
    _, issued, first, returned, second, carried, verified, following, started, moved = steps
    assert issued.printed.endswith("已写入 6 份到 下发")
    assert _line(first, "单位：") == (
        "单位：应报 6：已报 3，退回 0，重复待确认 1，未报 2，零报送 0。"
    )
    assert f"  {TWICE}：{TWICE}.xlsx、{TWICE}（旧）.xlsx" in first.printed
    assert f"  {WRONG}：错误 2 处（{WRONG}.xlsx）" in first.printed
    assert f"  {LATER}  " in first.printed
    assert "退回 2 个单位：退回件 2 份，通知 2 份。" in returned.printed
    assert "没有报、没有报齐的 2 个，列在 退回/催报名单.xlsx" in returned.printed
    assert _line(second, "共 ").endswith("被替代 1；错误 1 处，警告 2 处，提示 2 处，已说明 7 处。")
    assert _line(second, "单位：").startswith("单位：应报 6：已报 5，")
    assert _line(carried, "复核意见").startswith("复核意见带过来 2 条，其中数据已改、请再看的 0 条")
    assert verified.printed.endswith("共 5 个单位：相符 5。每个得分都能由报送文件得出。")
    assert "由第 3 次汇总写出（" in verified.printed
    assert "：1.5，佐证不足（王五）" in verified.printed
    assert "规则S03：采信说明，看过凭证（王五）" in verified.printed
    assert "√ 自评2026/名单.xlsx" in following.printed
    assert "照上年起头 5 份；没有上年的 1 份。" in started.printed
    assert moved.printed.endswith("共 1 份：移好 1，不能移 0。")


@pytest.mark.nightly
def test_the_page_is_what_the_walk_prints(tmp_path: Path) -> None:
    """那一页旧了：执行 make walk，再看 git diff。"""
    assert PAGE.read_text("utf-8") == page_of(walk(tmp_path, MOST))


def _commands() -> list[str]:
    lines = PAGE.read_text("utf-8").splitlines()
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def _line(step: Step, start: str) -> str:
    (line,) = (one for one in step.printed.splitlines() if one.startswith(start))
    return line
