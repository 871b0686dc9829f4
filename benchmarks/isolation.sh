#!/usr/bin/env bash
# Measures what isolation costs a start and a pause: two platforms side by side, one that isolates and one that cannot,
# since its data is where other users cannot pass. Asks them in turn and prints medians.
# Usage: benchmarks/isolation.sh [instances, 60]      Needs root, curl and a built ./muster.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
count=${1:-60}
port=${PORT:-3995}
work=$(mktemp -d)
# Contexts of the command line are a person's own.
export XDG_CONFIG_HOME=$work/settings

finish() {
  for kind in with without; do
    "$home/muster" down --data "$work/$kind/data" >/dev/null 2>&1 || true
  done
  rm -rf "$work"
}
trap finish EXIT

[ "$(id -u)" -eq 0 ] || { echo "only root isolates by users; run it as root" >&2; exit 1; }
chmod 711 "$work"
mkdir -m 711 "$work/with"
mkdir -m 700 "$work/without"
declare -A ports=([with]=$port [without]=$((port + 1))) keys

# Of platform $1: method $2, path $3, more for curl.
ask() {
  curl -sS -H "X-API-Key: ${keys[$1]}" -X "$2" "http://127.0.0.1:${ports[$1]}$3" "${@:4}"
}

for kind in with without; do
  "$home/muster" up --data "$work/$kind/data" --port "${ports[$kind]}" --detach >/dev/null
  keys[$kind]=$(cat "$work/$kind/data/admin.key")
  echo "$kind: $(ask "$kind" GET /api/hosts | grep -o '"isolation":"[a-z]*"')"
done

# Milliseconds that a call took.
timed() {
  ask "$@" -o "$work/answer" -w '%{time_total}' | awk '{ printf "%.2f\n", 1000 * $1 }'
}

median() {
  sort -n "$1" | awk '{ all[NR] = $1 } END { printf "%.1f", (all[int((NR + 1) / 2)] + all[int(NR / 2) + 1]) / 2 }'
}

for turn in $(seq $((count + 10))); do
  for kind in with without; do
    start=$(timed "$kind" POST /api/instances -H 'Content-Type: application/json' -H 'Prefer: wait=30' \
      -d '{"command": ["sleep", "600"]}')
    id=$(grep -o '"id":"[^"]*"' "$work/answer" | cut -d'"' -f4 | sed -n 1p)
    pause=$(timed "$kind" POST "/api/instances/$id/pause")
    ask "$kind" DELETE "/api/instances/$id" -o /dev/null
    # The first ten are for the JVM to warm up.
    [ "$turn" -le 10 ] || { echo "$start" >>"$work/start.$kind"; echo "$pause" >>"$work/pause.$kind"; }
  done
done

for what in start pause; do
  with=$(median "$work/$what.with") without=$(median "$work/$what.without")
  awk -v what="$what" -v a="$with" -v b="$without" \
    'BEGIN { printf "%s: %.1f ms with isolation, %.1f without: %+.1f ms, ratio %.2f\n", what, a, b, a - b, a / b }'
done
