#!/usr/bin/env bash
# What a page of a list costs with 100 instances, and with 100,000: the first page, the 500th page (the
# fifth of 100), and filtered ones, of 10 rows each. Filled through the real topic.
# Usage: benchmarks/lists.sh [instances, 100000]
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
many=${1:-100000}

cd "$home"
echo "$(nproc) cores, $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1)"
./mvnw -q -pl query-service -am test -Dtest=ListCostTest -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dmuster.test.lists=$many" -Dtest.heap=4g | grep '^list of'
