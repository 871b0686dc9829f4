#!/usr/bin/env bash
# How fast one stream of GET /api/events catches up, and how many events a second go out to 100
# streams, beside a plain consumer of the same records in the same run. The query service is a
# process of its own; the broker, the Mongo server and all clients share another.
# Usage: benchmarks/streams.sh [events, 100000]
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
events=${1:-100000}

cd "$home"
echo "$(nproc) cores, $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1)"
./mvnw -q -pl query-service -am test -Dtest=StreamSpeedTest -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dmuster.test.streams=$events" | grep '^streams: '
