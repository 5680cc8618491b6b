# make setup     install the Debian packages that are missing
# make check     lint, tests (warnings are errors), docs, and the proof of every lesson
# make lint      formatting and documentation rules
# make format    rewrite the sources in the house format
# make test      build and run every test
# make docs      the reference of ViTDetMini, into docs-out/
# make lessons   prove every chapter
# make bench     time the engine, the screens and the program in a terminal; see Benchmarks/RESULTS.md
# make run       build the release and start the course
# make install   PREFIX=/usr/local: a copy that works without this checkout

PREFIX ?= /usr/local

.PHONY: setup check lint format test docs lessons bench run install uninstall

setup:
	@scripts/setup

check: lint test docs lessons

lint:
	@scripts/lint

format:
	git ls-files -z '*.swift' | xargs -0 swift format format --parallel --in-place

test:
	@scripts/test

docs: setup
	@scripts/docs

lessons:
	@scripts/run check

bench: setup
	swift run -c release --package-path Benchmarks bench
	swift run -c release --package-path Benchmarks screens
	swift build -c release --product vitdet
	Benchmarks/terminal .build/release/vitdet

run:
	@scripts/run

install: setup
	@scripts/install "$(PREFIX)"

uninstall:
	rm -rf "$(DESTDIR)$(PREFIX)/bin/vitdet" "$(DESTDIR)$(PREFIX)/share/vitdet"
