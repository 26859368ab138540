PYTHON ?= python3.11
BIN := .venv/bin

.PHONY: dev test lint types docs pictures templates ci

dev:  ## 建环境
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q -e ".[test]"

test:  ## 全部测试
	$(BIN)/python -m pytest -n auto

lint:  ## 格式和写法
	$(BIN)/ruff format xltool tests
	$(BIN)/ruff check xltool tests

types:  ## 类型
	$(BIN)/mypy

docs:  ## 更新 README 和 docs/ 里生成的几段
	$(BIN)/cog -r -I tests/support README.md docs/*.md

pictures:  ## 重画 README 的图（要有 LibreOffice 和 pdftoppm）
	$(BIN)/python docs/pictures.py

templates:  ## 重新生成空白的评分表
	$(BIN)/xltool template -o workbook_templates --force

ci:  ## 与持续集成相同
	.ci/run
