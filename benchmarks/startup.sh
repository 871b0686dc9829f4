#!/usr/bin/env bash
# Measures what a user waits for: ./muster up to /healthz 200, the memory at rest, create to running.
# Usage: benchmarks/startup.sh [seconds at rest, 30]      Needs curl and a built ./muster.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
rest=${1:-30}
creates=20
port=${PORT:-3999}
data=$(mktemp -d)
# Contexts of the command line are a person's own.
export XDG_CONFIG_HOME=$data/settings
url=http://127.0.0.1:$port

finish() {
  "$home/muster" down --data "$data" >/dev/null 2>&1 || true
  rm -rf "$data"
}
trap finish EXIT

now() {
  date +%s%3N
}

start() {
  local begin
  begin=$(now)
  "$home/muster" up --data "$data" --port "$port" --detach >/dev/null &
  until curl -fso /dev/null "$url/healthz"; do
    sleep 0.02
  done
  echo "$1: $(($(now) - begin)) ms to /healthz 200"
  wait "$!"
}

api() {
  curl -fsS -H "X-API-Key: $(cat "$data/admin.key")" -H 'Content-Type: application/json' "$@"
}

field() {
  sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"
}

create_to_running() {
  local begin id
  begin=$(now)
  id=$(api -X POST "$url/api/instances" -d '{}' | field id)
  until [ "$(api "$url/api/instances/$id" | field status)" = running ]; do :; done
  echo $(($(now) - begin))
  api -X DELETE "$url/api/instances/$id" >/dev/null
}

memory() {
  local java
  read -r java _ <"$data/muster.pid"
  echo "at rest: JVM $(($(sed -n 's/VmRSS:\s*\([0-9]*\).*/\1/p' "/proc/$java/status") / 1024)) MiB resident," \
    "PostgreSQL $(postgres_kib "$data") KiB proportional"
}

postgres_kib() {
  local postmaster
  postmaster=$(head -1 "$1/postgresql/cluster/postmaster.pid")
  for pid in "$postmaster" $(cat "/proc/$postmaster/task/$postmaster/children"); do
    sed -n 's/^Pss:\s*\([0-9]*\).*/\1/p' "/proc/$pid/smaps_rollup" 2>/dev/null
  done | awk '{ sum += $1 } END { print sum }'
}

"$home/muster" up --help >/dev/null # builds it when it has to be
echo "$(nproc) cores, $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1)"
start "first start, empty data folder"
for _ in $(seq "$creates"); do create_to_running; done | sort -n |
  awk '{ v[NR] = $1 } END { printf "create to running, seen by curl: median %d ms, worst %d ms of %d\n", v[int((NR + 1) / 2)], v[NR], NR }'
sleep "$rest"
memory
"$home/muster" down --data "$data" >/dev/null
start "second start"
sleep "$rest"
memory
