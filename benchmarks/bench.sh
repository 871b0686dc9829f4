#!/usr/bin/env bash
# ./muster bench: lists the benchmarks, or runs those that are named, one after the other.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
names=(scale latency overload rebuild hops engine startup idle http lists read-your-writes streams workers isolation cli)
declare -A what=(
  [scale]="creations, reads, memory and restart as instances add up, against one-row inserts of the same PostgreSQL"
  [latency]="the way round of one call at rest, on processes and on simulated hosts, and at 70 % of the peak"
  [overload]="twice the peak for 20 s: what is still answered, what is refused, and that nothing is lost"
  [rebuild]="how fast the read side is made again from the topics"
  [hops]="what one creation costs on its way: commits, records, requests, commands of the read store, CPU"
  [engine]="appends of one event, against Axon's own JDBC engine on the same PostgreSQL"
  [startup]="./muster up to ready, memory at rest, create to running"
  [idle]="CPU with nothing to do, by thread"
  [http]="answers a second of GET and POST, against GET /healthz"
  [lists]="pages of a list of 100 instances, and of 100,000"
  [read-your-writes]="what it costs that an answer is held until it can be read"
  [streams]="events a second to streams, against a plain consumer"
  [workers]="instances started in a second by 1, 2, 4 and 8 workers"
  [cli]="how long commands of the command line take, against curl"
  [isolation]="what isolation costs a start and a pause (needs root)"
)
# What --quick gives to the scripts.
declare -A less=([idle]="20 20" [startup]=5 [http]=3 [lists]=10000 [read-your-writes]=3
  [streams]=20000 [isolation]=20)

usage() {
  cat <<'TEXT'
Usage: muster bench [NAME… | all] [--quick] [--out FOLDER] [--instances N] [--check]

Without a name: lists the benchmarks. Each starts what it needs on a folder of its own, and ends it.

  --quick        smaller and shorter: for a look, not for figures to keep
  --out FOLDER   where NAME.md, NAME.json and NAME.svg go (target/bench; docs/performance keeps them)
  --instances N  of scale the greatest size (100,000; 1,000,000 takes about an hour), of rebuild the size (50,000)
  --check        scale alone: fails when a ratio is less than half of what it usually is
TEXT
}

fail() {
  echo "muster: $*" >&2
  exit 2
}

list() {
  local name
  for name in "${names[@]}"; do
    printf '%-18s %s\n' "$name" "${what[$name]}"
  done
}

wanted=() quick= check= instances= out=$home/target/bench
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit ;;
    --quick) quick=--quick ;;
    --check) check=--check ;;
    --out) [ $# -ge 2 ] || fail "--out needs a folder"; out=$(realpath -m "$2"); shift ;;
    --out=*) out=$(realpath -m "${1#--out=}") ;;
    --instances) [ $# -ge 2 ] || fail "--instances needs a number"; instances=$2; shift ;;
    --instances=*) instances=${1#--instances=} ;;
    -*) fail "'$1' is no option of bench; see muster bench --help" ;;
    all) wanted=("${names[@]}") ;;
    *) [ -n "${what[$1]:-}" ] || fail "'$1' is no benchmark; there are ${names[*]}"; wanted+=("$1") ;;
  esac
  shift
done
case $instances in
  "") ;;
  *[!0-9]* | ????????*) fail "--instances is '$instances'; it is a number from 1000 to 9999999" ;;
  *) [ "$instances" -ge 1000 ] || fail "--instances is '$instances'; it is a number from 1000 to 9999999" ;;
esac
[ "${#wanted[@]}" -gt 0 ] || { list; exit; }

# A child is told to end when this script is, and is waited for while it clears up.
child=
end() {
  trap - INT TERM HUP
  [ -z "$child" ] || { kill -TERM "$child" 2>/dev/null || true; wait "$child" || true; }
  exit 130
}
trap end INT TERM HUP

run() {
  local status=0
  "$@" &
  child=$!
  wait "$child" || status=$?
  child=
  return "$status"
}

program() {
  local options=($quick $check) libraries=$home/standalone/target/muster/lib/* carriers=()
  [ -z "$instances" ] || options+=(--instances "$instances")
  # A client on one carrier wakes fewer threads, and takes less from the server.
  [ "$1" = engine ] || carriers=(-Djdk.virtualThreadScheduler.parallelism=1)
  run "$JAVA_HOME/bin/java" "${carriers[@]}" -Xmx1g -XX:+UseSerialGC -cp "$libraries" \
    "-Dlogback.configurationFile=$home/benchmarks/logback.xml" \
    "$home/benchmarks/$1/${1^}.java" "$home/muster" "$out" "${options[@]}"
}

# The scripts print; what they print is kept beside the command and the machine.
script() {
  local name=$1 arguments=() status=0
  [ -z "$quick" ] || read -ra arguments <<<"${less[$name]:-}"
  [ "$name" != workers ] || arguments=("$out/workers.svg")
  mkdir -p "$out"
  exec 3> >(tee "$out/$name.txt")
  local tee=$!
  run "$home/benchmarks/$name.sh" "${arguments[@]}" >&3 || status=$?
  exec 3>&-
  wait "$tee"
  [ "$status" -eq 0 ] || return "$status"
  {
    printf '# %s\n\n`./muster bench %s%s`\n\n```\n' "$name" "$name" "${quick:+ $quick}"
    cat "$out/$name.txt"
    printf '```\n'
  } >"$out/$name.md"
  rm "$out/$name.txt"
}

"$home/muster" up --help >/dev/null # builds it when it has to be
for name in "${wanted[@]}"; do
  echo "== $name: ${what[$name]}" >&2
  case $name in
    scale | latency | overload | rebuild | hops | engine) program "$name" ;;
    *) script "$name" ;;
  esac
done
