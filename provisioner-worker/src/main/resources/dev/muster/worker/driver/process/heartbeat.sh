#!/bin/sh
# The bot that runs when no command is given: a line each second, so that there is life to look at.
beat=0
while :; do
  beat=$((beat + 1))
  echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) $MUSTER_INSTANCE_NAME heartbeat $beat"
  sleep 1
done
