# Shared by the scripts that measure calls: a platform of one JVM on simulated hosts that act at once.
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$home/benchmarks/jdk.sh"
port=${PORT:-3998}
data=$(mktemp -d)
# Contexts of the command line are a person's own.
export XDG_CONFIG_HOME=$data/settings
url=http://127.0.0.1:$port
export MUSTER_REQUESTS_PER_SECOND=0 # one key makes all calls

stop_platform() {
  "$home/muster" down --data "$data" >/dev/null 2>&1 || true
}

finish() {
  stop_platform
  rm -rf "$data"
}
trap finish EXIT

start_platform() {
  cat >"$data/hosts.yaml" <<'YAML'
muster:
  hosts:
    - { name: sim, region: us-east-1, driver: simulated, action-latency: 1ms, capacity: 1000000 }
YAML
  "$home/muster" up --data "$data" --port "$port" --config "$data/hosts.yaml" --detach >"$data/up.log" ||
    { cat "$data/up.log" >&2; exit 1; }
  key=$(cat "$data/admin.key")
}

# METHOD url seconds connections: answers/s, median ms, 99th percentile ms, failures
load() {
  if [ "$1" = GET ] && command -v wrk >/dev/null; then
    wrk -t1 "-c$4" "-d$3s" --latency -H "X-API-Key: $key" "$2" | awk '
      function ms(v) { return v ~ /us$/ ? v / 1000 : v ~ /ms$/ ? v + 0 : v * 1000 }
      /50%/ { median = ms($2) } /99%/ { worst = ms($2) } /Requests\/sec/ { rate = $2 }
      /Non-2xx/ { bad = $NF } END { printf "%.0f %.2f %.2f %d\n", rate, median, worst, bad }'
  else
    "$(jdk)/bin/java" "$home/benchmarks/http/Http.java" "$1" "$2" "$key" "$3" "$4"
  fi
}
