PYTHON ?= $(shell test -x .venv/bin/python && echo .venv/bin/python || command -v python3.11 || echo python3)
BASE_PYTHON ?= python3.11
ROOMS := $(notdir $(patsubst %/,%,$(filter-out tests/support/,$(wildcard tests/*/))))

.PHONY: help dev test $(addprefix test-,$(ROOMS)) nightly coverage format lint types regenerate \
	docs templates walk pictures bench audit lock licences ci

help:  ## 有哪些命令
	@grep -hE '^[a-z-]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/:.*##/　/'
	@echo '逐个房间的测试　$(addprefix test-,$(ROOMS))'

dev:  ## 建环境，各个包照 constraints.txt 的版本
	$(BASE_PYTHON) -m venv .venv
	.venv/bin/python -m pip install -q -c constraints.txt -e ".[test]"

test:  ## 全部测试
	$(PYTHON) -m pytest -n auto

$(addprefix test-,$(ROOMS)): test-%:
	$(PYTHON) -m pytest tests/$*

nightly:  ## 大样本的测试，要几十分钟
	XLTOOL_TEST_TIMES=30 $(PYTHON) -m pytest -n auto -m "nightly or drawn"

coverage:  ## 没有一个测试走到的行（要先装 coverage）
	$(PYTHON) -m coverage run --source xltool -m pytest -q
	$(PYTHON) -m coverage report --skip-covered --show-missing

format:  ## 排好格式，改得了的写法一并改
	$(PYTHON) -m ruff format xltool tests
	$(PYTHON) -m ruff check --fix xltool tests

lint:  ## 查格式和写法，什么也不改
	$(PYTHON) -m ruff format --check xltool tests
	$(PYTHON) -m ruff check xltool tests

types:  ## 类型
	$(PYTHON) -m mypy

regenerate:  ## 重新生成模板、示例和应得的结果、各页里生成的几段，印出改动
	PYTHONPATH=. $(PYTHON) tests/support/regenerate.py

docs:  ## 只更新各页里生成的几段
	PYTHONPATH=. $(PYTHON) tests/support/regenerate.py parts_of_pages

templates:  ## 只重新生成空白的评分表
	PYTHONPATH=. $(PYTHON) tests/support/regenerate.py templates

walk:  ## 真的走一遍一季，重写 docs/一季走一遍.md（要有 LibreOffice，约一分钟）
	OPENPYXL_LXML=False PYTHONPATH=. $(PYTHON) tests/support/season_walk.py

pictures:  ## 重画 README 的图（要有 LibreOffice 和 pdftoppm）
	$(PYTHON) docs/pictures.py

bench:  ## 与 pandas、calamine 比快慢
	$(PYTHON) bench/collect.py
	$(PYTHON) bench/again.py
	$(PYTHON) bench/startup.py
	$(PYTHON) bench/templates.py

audit:  ## 各个包有没有公布的漏洞（用 pip-audit，装在一个临时的环境里）
	set -e; place=$$(mktemp -d); trap 'rm -rf "$$place"' EXIT; \
	$(BASE_PYTHON) -m venv "$$place"; \
	"$$place/bin/python" -m pip install -q pip-audit; \
	"$$place/bin/pip-audit" --strict -r constraints.txt --no-deps --disable-pip

lock:  ## 照 constraints.txt 重写 requirements.lock（用 uv，装在一个临时的环境里）
	set -e; place=$$(mktemp -d); trap 'rm -rf "$$place"' EXIT; \
	$(BASE_PYTHON) -m venv "$$place"; "$$place/bin/python" -m pip install -q uv; \
	sed -n '/^#/p' requirements.lock > "$$place/head"; echo hatchling > "$$place/build.in"; \
	"$$place/bin/uv" pip compile -q pyproject.toml "$$place/build.in" -c constraints.txt \
		--generate-hashes --universal --python-version 3.11 \
		--no-emit-index-url --no-header --no-annotate -o "$$place/lock" > /dev/null; \
	cat "$$place/head" "$$place/lock" > requirements.lock

licences:  ## 各个包的许可
	@$(PYTHON) tests/support/licences.py

ci:  ## 与持续集成相同
	.ci/run
