#!/usr/bin/env bash
# How throughput grows with workers: 1, 2, 4 and 8 of them, on simulated hosts that take 200 ms for
# each action, over a real broker and PostgreSQL on this machine. Prints a table, and draws a plot.
# Usage: benchmarks/workers.sh [plot, docs/workers.svg]      Needs a built ./muster.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/jdk.sh"

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
plot=$(realpath -m "${1:-$home/docs/workers.svg}")

exec "$(jdk)/bin/java" "$home/benchmarks/workers/Workers.java" "$home/muster" "$plot"
