# Shared by the scripts that run Java: finds a JDK of version 25 or later.
jdk() {
  local candidate
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if grep -qs '^JAVA_VERSION="\(2[5-9]\|[3-9][0-9]\)' "$candidate/release"; then
      echo "$candidate"
      return
    fi
  done
}
