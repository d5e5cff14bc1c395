#!/bin/sh
# Schemathesis over the server's own OpenAPI document: no 5xx but a documented 503, no answer outside the schema.
#
#   pip install schemathesis && sh benchmarks/schema_fuzz.sh [EXAMPLES]
#
# Starts a server of its own on a free port with a queue that nothing fills, and ends it.
set -eu
log=$(mktemp)
python -m provenance.cli serve --port 0 --cache off --workers 2 2>"$log" &
server=$!
trap 'kill $server; rm -f "$log"' EXIT
port=
until port=$(sed -n 's|.*http://127.0.0.1:\([0-9]*\)/.*|\1|p' "$log") && [ -n "$port" ]; do sleep 0.2; done
python - "$port" <<'PYTHON'
import sys, time, urllib.request
for _ in range(300):
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/readyz")
        break
    except OSError:
        time.sleep(0.2)
PYTHON
SCHEMATHESIS_HOOKS=schema_fuzz_hooks PYTHONPATH=benchmarks schemathesis run "http://127.0.0.1:$port/v1/openapi.json" --max-examples "${1:-200}" --request-timeout 15 \
    --checks all --exclude-checks positive_data_acceptance,missing_required_header \
    --continue-on-failure --seed 1
