#!/bin/sh
# Puts the project with the embedded model and the test tools into .venv; does nothing, offline too, if that is done.
set -eu
cd "$(dirname "$0")"
for name in "${PYTHON:-}" python3.14 python3.13 python3.12 python3.11 python3 python; do
    [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 || continue
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$name; break; fi
done
if [ -z "${python:-}" ]; then
    echo "setup.sh: no Python 3.11 or newer was found; install one, or name it: PYTHON=/path/to/python3 sh setup.sh" >&2
    exit 2
fi
stamp=.venv/summarizer-setup
if [ -f "$stamp" ] && cmp -s pyproject.toml "$stamp"; then exit 0; fi
echo "setup.sh: installing into .venv (about 1.3 GB, most of it the model)" >&2
[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[local,web,dev]' >&2
cp pyproject.toml "$stamp"
