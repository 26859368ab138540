"""照上年起头的是哪个单位的一份。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collection_builder import SCHEME, roster_bytes, submission

from xltool.cli.prefilled import prefilled_forms
from xltool.collection.roster import RosterEntry
from xltool.migrating.starts import read_starts
from xltool.scoring.catalogue import ready_scheme
from xltool.xlsx.limits import Limits

if TYPE_CHECKING:
    from pathlib import Path


def test_a_code_that_moved_starts_no_unit_from_anothers_form(tmp_path: Path) -> None:
    """编码今年给了乙局的，乙局照自己上年的，不照那个编码上年的甲局；只有编码相同的还照它。"""
    for name, code in (("甲局", "101"), ("乙局", "102")):
        (tmp_path / f"{name}.xlsx").write_bytes(submission(name, code))
    starts = read_starts(tmp_path, Limits())
    scheme, _ = ready_scheme(SCHEME)
    entries = [
        RosterEntry(code="101", name="乙局", row=2),
        RosterEntry(code="101", name="甲委", row=3),
        RosterEntry(code="9", name="丙局", row=4, aliases=("乙局",)),
    ]
    used = []
    for entry in entries:  # 这就是今年的表，起不了头：说出来的是照哪一份
        assert starts.of(scheme, entry, "") is None
        used.append(starts.findings.pop().message.partition("（")[2].partition("）")[0])
    assert used == ["乙局.xlsx", "甲局.xlsx", "乙局.xlsx"]


def test_a_code_given_to_a_new_unit_starts_it_from_nothing(tmp_path: Path) -> None:
    """甲局换了编码，新设的丙局用甲局原来的：丙局上年没有，名称变了写法的丁局还凭编码。"""
    for name, code in (("甲局", "101"), ("丁局", "104")):
        (tmp_path / f"{name}.xlsx").write_bytes(submission(name, code))
    starts = read_starts(tmp_path, Limits())
    listed = tmp_path / "名单.xlsx"
    rows = ("单位名称", "预算编码"), ("甲局", "102"), ("丙局", "101"), ("市丁局", "104")
    listed.write_bytes(roster_bytes(*rows))
    notes = prefilled_forms([ready_scheme(SCHEME)[0]], listed, starts).notes
    # 这就是今年的表，起不了头：有上年的才说
    told = [one.message.partition("）")[0] for one in notes]
    assert told == ["“甲局”的表（甲局.xlsx", "“市丁局”的表（丁局.xlsx"]
