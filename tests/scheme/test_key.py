"""格名的写法。"""

from __future__ import annotations

import pytest

from xltool.scheme.key import CellKey, field_key


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (CellKey("finance", "total"), "finance.total"),
        (CellKey("management", "contracts", "note"), "management.contracts.note"),
        (CellKey("funds", "3", "paid"), "funds[3].paid"),
        (CellKey("form", "01", "self_score"), "form[01].self_score"),
    ],
)
def test_as_written(key: CellKey, text: str) -> None:
    assert str(key) == text


def test_field_key() -> None:
    assert field_key("finance.total") == CellKey("finance", "total")


@pytest.mark.parametrize("text", ["", "total", ".total", "finance.", "finance.total.note", "."])
def test_not_a_field_key(text: str) -> None:
    with pytest.raises(ValueError, match=r"^" + text.replace(".", r"\.") + "$"):
        field_key(text)
