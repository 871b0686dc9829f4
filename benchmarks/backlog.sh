#!/usr/bin/env bash
# How fast a read side with a heap of 512 MiB works off what waits: the broker and the Mongo server
# are in another process, whose work is part of the figure.
# Usage: benchmarks/backlog.sh [events, 100000]
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
events=${1:-100000}

cd "$home"
echo "$(nproc) cores, $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1)"
./mvnw -q -pl query-service -am test -Dtest=BacklogTest -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dmuster.test.backlog=$events" | grep '^backlog of'
