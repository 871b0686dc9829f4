#!/usr/bin/env bash
# What it costs a caller that an answer is held until it can be read: POST /api/instances with the hold,
# and without it (MUSTER_READ_WAIT=0s), on the same machine one after the other, twice.
# Usage: benchmarks/read-your-writes.sh [seconds, 10]      Needs a built ./muster.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/http/lib.sh"

seconds=${1:-10}
echo "$(nproc) cores, $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1)"
for wait in 2s 0s 2s 0s; do
  MUSTER_READ_WAIT=$wait start_platform
  for connections in 1 8 32; do
    read -r rate median worst bad < <(load POST "$url/api/instances" "$seconds" "$connections")
    echo "hold up to $wait, $connections connections: $rate/s, median $median ms, p99 $worst ms, failed $bad"
  done
  stop_platform
  rm -rf "${data:?}"/*
done
