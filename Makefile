# Everything sets itself up: `make run` on a fresh machine installs, then opens the app.
PYTHON ?= python3
PY := .venv/bin/python
STAMP := .venv/installed
EXTRAS := train,dev
# Of the bundle: light (inference only) or full (with torch: fine-tuning and import).
EDITION ?= light

.PHONY: run install test lint bench translations screenshots bundle bundle-test clean

run: $(STAMP)
	$(PY) -m desktop

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet -c constraints.txt -e ".[$(EXTRAS)]"
	touch $(STAMP)

test: lint
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q

lint: $(STAMP)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m pyright

bench: $(STAMP)
	$(PY) -m pip install --quiet -c constraints.txt -e ".[$(EXTRAS),bench]"
	$(PY) -m benchmarks

# Words that are new in the source come into assets/translations; see the README there.
translations: $(STAMP)
	$(PY) -m assets.make_translations

# The README's pictures, from the running app; ten minutes on two cores.
screenshots: $(STAMP)
	$(PY) -m assets.make_screenshots

bundle: $(STAMP)
	$(PY) -m pip install --quiet -c constraints.txt -e ".[$(EXTRAS),build]"
	EDITION=$(EDITION) $(PY) -m PyInstaller --noconfirm --distpath dist --workpath build/$(EDITION) build.spec

bundle-test:
	$(PY) -m bundle.check $(EDITION)

clean:
	rm -rf .venv build dist *.egg-info
