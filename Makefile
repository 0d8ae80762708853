# Short names for the same lines.
.PHONY: demo test lint types contracts fast format lock

demo:
	python3 -m app demo

test:
	python3 -m app test

lint types contracts:
	python3 -m app test --only $@

fast:
	python3 -m app test --only lint,types,contracts,sqlite

format:
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

LOCKING = .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-annotate --no-header --quiet

lock:
	$(LOCKING) --output-file requirements.lock
	$(LOCKING) --extra test --constraint requirements.lock --output-file requirements-test.lock
