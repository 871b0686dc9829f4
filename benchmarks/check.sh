#!/usr/bin/env bash
# Checks what measures: the client's reading of answers, and what ./muster bench says to nonsense.
# Usage: benchmarks/check.sh      Needs no built ./muster.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/jdk.sh"

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

refuses() {
  local status=0 said
  said=$("$home/muster" bench "$@" 2>&1 >/dev/null) || status=$?
  [ "$status" -eq 2 ] || { echo "muster bench $* ended with $status, not 2" >&2; exit 1; }
  [ -n "$said" ] || { echo "muster bench $* said nothing" >&2; exit 1; }
}

"$(jdk)/bin/java" "$home/benchmarks/load/ClientCheck.java"
refuses nonsense
refuses scale --nonsense
refuses scale --instances many
[ "$("$home/muster" bench | wc -l)" -eq 15 ] || { echo "muster bench does not list 15 benchmarks" >&2; exit 1; }
echo "muster bench refuses what it does not know"
