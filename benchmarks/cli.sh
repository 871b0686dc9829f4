#!/usr/bin/env bash
# Measures how long commands take, beside curl in the same run: the middle of so many, one after the other in turn.
# Usage: benchmarks/cli.sh [times, 20]      Needs curl and a built ./muster.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
times=${1:-20}
port=${PORT:-3998}
data=$(mktemp -d)
export XDG_CONFIG_HOME=$data/settings

finish() {
  "$home/muster" down --data "$data" >/dev/null 2>&1 || true
  rm -rf "$data"
}
trap finish EXIT

# Adds the milliseconds that a command takes to the file $1.
took() {
  local file=$1 begin
  shift
  begin=${EPOCHREALTIME/./}
  "$@" >/dev/null
  echo $(((${EPOCHREALTIME/./} - begin) / 1000)) >>"$file"
}

middle() {
  sort -n "$1" | sed -n "$(((times + 1) / 2))p"
}

"$home/muster" up --data "$data" --port "$port" --detach >/dev/null
key=$(cat "$data/admin.key")
"$home/muster" create >/dev/null
for _ in $(seq "$times"); do
  took "$data/curl" curl -fsS -H "X-API-Key: $key" "http://localhost:$port/api/instances"
  took "$data/version" "$home/muster" version
  took "$data/list" "$home/muster" list
done
curl=$(middle "$data/curl")
for command in curl version list; do
  taken=$(middle "$data/$command")
  echo "$command: $taken ms, $((taken * 10 / curl / 10)).$((taken * 10 / curl % 10)) times curl"
done
