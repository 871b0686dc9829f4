#!/usr/bin/env bash
# Throughput and latency of GET /api/instances/:id and POST /api/instances, against the cheapest call of
# the same server in the same run: GET /healthz, which passes the same filters, looks at six variables
# in memory and answers with 32 bytes. Server, stores and clients share the machine.
# Usage: benchmarks/http.sh [seconds, 10] [connections, 16]      Needs a built ./muster; takes wrk for
# the GETs when it is there, and a small Java client otherwise.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/http/lib.sh"

seconds=${1:-10}
connections=${2:-16}
start_platform
id=$(curl -fsS -X POST -H "X-API-Key: $key" -H 'Prefer: wait=30' "$url/api/instances" | sed 's/.*"id":"\([^"]*\)".*/\1/')

echo "$(nproc) cores, $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1); $connections connections, $seconds s each"
report() {
  local rate median worst bad
  read -r rate median worst bad < <(load "$2" "$url$3" "$seconds" "$connections")
  base_rate=${base_rate:-$rate}
  base_median=${base_median:-$median}
  awk -v what="$1" -v r="$rate" -v m="$median" -v w="$worst" -v b="$bad" -v br="$base_rate" -v bm="$base_median" \
    'BEGIN { printf "%-26s %7d/s (%.2f)  median %7.2f ms (%.1fx)  p99 %7.2f ms  failed %d\n", what, r, r / br, m, m / bm, w, b }'
}
report "GET /healthz" GET /healthz
report "GET /api/instances/:id" GET "/api/instances/$id"
report "GET /healthz again" GET /healthz
report "POST /api/instances" POST /api/instances
