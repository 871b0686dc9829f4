#!/usr/bin/env bash
# Measures what the platform uses with nothing to do: CPU of the JVM, of PostgreSQL, and of the busiest threads.
# Usage: benchmarks/idle.sh [seconds of rest, 60] [seconds measured, 60] [instances on simulated hosts, 0]
# Needs curl and a built ./muster.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
rest=${1:-60}
measured=${2:-60}
instances=${3:-0}
port=${PORT:-3999}
data=$(mktemp -d)
# Contexts of the command line are a person's own.
export XDG_CONFIG_HOME=$data/settings
hertz=$(getconf CLK_TCK)

finish() {
  "$home/muster" down --data "$data" >/dev/null 2>&1 || true
  rm -rf "$data" "$data".*
}
trap finish EXIT

# User and system ticks in a stat file; a thread's name may hold blanks.
ticks() {
  sed 's/.*) //' "$1" 2>/dev/null | awk '{ print $12 + $13 }'
}

postgres() {
  local postmaster
  postmaster=$(head -1 "$data/postgresql/cluster/postmaster.pid")
  echo "$postmaster" "$(cat "/proc/$postmaster/task/$postmaster/children")"
}

postgres_ticks() {
  for pid in $(postgres); do ticks "/proc/$pid/stat"; done | awk '{ sum += $1 } END { print sum + 0 }'
}

threads() {
  for task in "/proc/$java/task"/*; do
    echo "$(ticks "$task/stat") ${task##*/} $(tr ' ' '_' <"$task/comm" 2>/dev/null)"
  done | awk 'NF == 3'
}

share() {
  awk -v t="$1" -v hz="$hertz" -v s="$measured" 'BEGIN { printf "%.1f %%", 100 * t / hz / s }'
}

# Says how far it is, since ten thousand of them take minutes.
create_instances() {
  local key left=$instances some
  key=$(<"$data/admin.key")
  while [ "$left" -gt 0 ]; do
    some=$((left < 1000 ? left : 1000))
    for _ in $(seq "$some"); do
      printf 'url = http://127.0.0.1:%s/api/instances\noutput = /dev/null\n' "$port"
    done | curl -fsS --no-progress-meter --parallel --parallel-max 16 -X POST -H "X-API-Key: $key" -H 'Content-Type: application/json' -d '{}' -K -
    left=$((left - some))
    echo "created $((instances - left)) of $instances" >&2
  done
}

options=()
if [ "$instances" -gt 0 ]; then
  cat >"$data.yaml" <<END
muster:
  requests-per-second: 0 # one key makes all calls
  hosts:
    - { name: sim-1, region: us-east-1, driver: simulated, action-latency: 1ms, capacity: 1000000 }
END
  options=(--config "$data.yaml")
fi

"$home/muster" up --data "$data" --port "$port" --detach "${options[@]}" >/dev/null
until curl -fso /dev/null "http://127.0.0.1:$port/healthz"; do sleep 0.1; done
read -r java _ <"$data/muster.pid"
create_instances
sleep "$rest"

jvm=$(ticks "/proc/$java/stat") database=$(postgres_ticks)
threads >"$data.before"
sleep "$measured"
threads >"$data.after"
jvm=$(($(ticks "/proc/$java/stat") - jvm)) database=$(($(postgres_ticks) - database))

echo "at rest with $instances instances, of one core: JVM $(share "$jvm"), PostgreSQL $(share "$database"), together $(share $((jvm + database)))"
echo "busiest threads, ticks of 1/$hertz s in $measured s:"
awk 'NR == FNR { before[$2] = $1; next } $1 > before[$2] { print $1 - before[$2], $3, $2 }' "$data.before" "$data.after" |
  sort -rn | head -"${TOP:-20}"
