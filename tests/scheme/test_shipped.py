"""随程序带的方案：身份、来源、单位、结构。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from scoring_builder import FILE, SCHEME_ID, mutated, scheme_text

from xltool.scheme.key import CellKey
from xltool.scheme.loader import load_scheme, load_scheme_file, parse_scheme, scheme_ids
from xltool.scheme.model import FieldKind
from xltool.scheme.problem import SchemeProblem
from xltool.scheme.reader import ORIGINS
from xltool.scoring.catalogue import methods_of, ready_scheme, ready_schemes

UNITS = {"", "分", "%", "位", "万元", "项", "个", "份", "字"}


def test_scheme_ids_are_sorted_and_loadable() -> None:
    ids = scheme_ids()
    assert SCHEME_ID in ids
    assert list(ids) == sorted(ids)
    assert [scheme.id for scheme in ready_schemes()] == list(ids)


def test_a_scheme_is_read_once() -> None:
    assert load_scheme(SCHEME_ID) is load_scheme(SCHEME_ID)
    assert ready_scheme(SCHEME_ID)[0] is load_scheme(SCHEME_ID)


def test_unknown_scheme_names_the_known_ones() -> None:
    with pytest.raises(SchemeProblem) as caught:
        load_scheme("../secret")
    known = "、".join(scheme_ids())
    assert caught.value.file == "../secret"
    assert str(caught.value) == f"方案 ../secret：（标识）：没有这个方案；现有：{known}"


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_every_number_has_an_origin(scheme_id: str) -> None:
    scheme = load_scheme(scheme_id)
    origins = {f"参数 {key}": parameter.origin for key, parameter in scheme.parameters.items()}
    origins |= {f"指标 {item.code}": item.origin for item in scheme.indicators}
    origins |= {f"办法 {item.code}": item.method.origin for item in scheme.indicators}
    origins["方案"] = scheme.origin
    assert [name for name, origin in origins.items() if not origin.startswith(ORIGINS)] == []
    assert [name for name, origin in origins.items() if origin in ORIGINS] == []


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_parameters_have_a_label_and_a_known_unit(scheme_id: str) -> None:
    for key, parameter in load_scheme(scheme_id).parameters.items():
        assert parameter.key == key
        assert parameter.label
        assert "{n}" not in parameter.label
        assert parameter.unit in UNITS


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_every_indicator_can_be_scored_and_explained(scheme_id: str) -> None:
    scheme = load_scheme(scheme_id)
    methods = methods_of(scheme)
    assert [method.indicator for method in methods] == list(scheme.indicators)
    sentences = [method.sentence() for method in methods]
    assert all(sentence.endswith("。") for sentence in sentences)


def test_identity() -> None:
    scheme = load_scheme(SCHEME_ID)
    assert (scheme.id, scheme.version, scheme.year) == (SCHEME_ID, "2025.1", 2024)
    assert scheme.variant == "有专项资金"
    assert scheme.file == "jiangmen-2025-special.toml"
    assert len(scheme.indicators) == 26
    assert sum(item.points for item in scheme.indicators) == 100
    assert [grade.name for grade in scheme.grades] == ["优", "良", "中", "低", "差"]


def test_points_of_each_indicator() -> None:
    points = [int(item.points) for item in load_scheme(SCHEME_ID).indicators]
    first, management = [10, 10, 5, 20, 5], [2, 4, 3, 2, 1, 5, 10]
    procurement, assets, costs = [2, 1, 2, 3, 1, 1], [2, 1, 1, 2, 2, 2], [2, 1]
    assert points == first + management + procurement + assets + costs


def test_method_parameters_are_numbered_in_writing_order() -> None:
    scheme = load_scheme(SCHEME_ID)
    assert scheme.indicator("07").method.parameters == (
        "07.limit1", "07.share1", "07.limit2", "07.share2", "07.limit3", "07.share3",
        "07.rest_share",
    )  # fmt: skip
    assert scheme.indicator("03").method.parameters == ("03.when_zero",)
    assert scheme.indicator("01").method.parameters == ()


@pytest.mark.parametrize(
    ("key", "value", "unit", "label"),
    [
        ("07.limit2", "0.2", "%", "第2档界限"),
        ("25.limit3", "2", "项", "第3档界限"),
        ("07.share2", "0.75", "%", "第2档得分比例"),
        ("08.each", "1", "分", "每发生一项扣分"),
        ("11.points3", "1", "分", "第3项分值"),
        ("14.shares2", "0.5", "%", "第2个选项得分比例"),
        ("03.when_zero", "0", "%", "分母为零时得分比例"),
        ("full_marks", "100", "分", "满分"),
        ("over_limit", "1.5", "%", "大幅超额的界限（实现值÷预期值）"),
    ],
)
def test_parameters(key: str, value: str, unit: str, label: str) -> None:
    parameter = load_scheme(SCHEME_ID).parameters[key]
    assert (parameter.value, parameter.unit, parameter.label) == (Decimal(value), unit, label)


def test_numbers_are_read_as_written() -> None:
    """0.1 就是 0.1，不经过二进制小数。"""
    assert load_scheme(SCHEME_ID).number("07.limit1") == Decimal("0.1")


def test_an_indicator_knows_its_first_level() -> None:
    scheme = load_scheme(SCHEME_ID)
    assert scheme.indicator("04").level1 == "履职效能"
    assert scheme.indicator("26").level1 == "管理效率"


def test_lookups() -> None:
    scheme = load_scheme(SCHEME_ID)
    assert scheme.score_sheet.key == "form"
    assert scheme.field(CellKey("finance", "total")).heading == "决算支出（万元）"
    assert scheme.field(CellKey("funds", "3", "planned")).kind is FieldKind.MONEY
    assert scheme.field(CellKey("management", "contracts", "evidence")).label == "佐证材料"
    assert scheme.computation(CellKey("finance", "total")) is None
    assert scheme.options["tier"].value("partial") == "部分达成年度指标并具有一定效果"
    assert scheme.sheet("funds").column("paid").label == "实际支出"


def test_lookups_of_what_is_not_there() -> None:
    scheme = load_scheme(SCHEME_ID)
    for lookup in (scheme.sheet, scheme.indicator, scheme.number, scheme.sheet("funds").column):
        with pytest.raises(KeyError):
            lookup("nothing")
    with pytest.raises(KeyError):
        scheme.field(CellKey("finance", "nothing"))


def test_next_year_needs_only_the_file() -> None:
    scheme = mutated(
        ("year = 2024", "year = 2025"),
        ('code = "26"', 'code = "2.6"'),  # 编码里有点也行
        ("minimum = 90", "minimum = 85"),
    )
    assert scheme.year == 2025
    assert scheme.grade(Decimal(85)) == "优"
    assert methods_of(scheme)[-1].sentence().startswith("“三公”经费决算数不超过")


def test_a_file_written_by_notepad(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("方案") / "我的方案.toml"
    path.write_text(scheme_text(), "utf-8-sig", newline="\r\n")
    scheme = load_scheme_file(path)
    assert scheme.file == "我的方案.toml"
    assert scheme.indicators == load_scheme(SCHEME_ID).indicators


def test_a_file_that_cannot_be_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("方案")
    with pytest.raises(SchemeProblem) as caught:
        load_scheme_file(folder / "没有.toml")
    assert (caught.value.file, caught.value.path) == ("没有.toml", "（文件）")
    (folder / "乱码.toml").write_bytes("标题".encode("gbk"))
    with pytest.raises(SchemeProblem, match=r"方案 乱码\.toml：（文件）：不是 UTF-8 编码"):
        load_scheme_file(folder / "乱码.toml")


def test_bad_toml_says_the_line() -> None:
    with pytest.raises(SchemeProblem, match=r"方案 试验\.toml：（文件）：第 2 行第 6 列"):
        parse_scheme("[scheme]\nid = 没有引号", FILE)
