#!/usr/bin/env bash
# NAME: simulate-poll.sh
# DESC: Writes simulated readings to a context server at an interval, as a program that polls a device would.
# USAGE: dynoai context serve & COUNT=20 INTERVAL=1 recipes/example/simulate-poll.sh
# LIMITATIONS: The readings are made up. The last KEEP are in poll.readings_v1, the latest is poll.latest_v1.
set -euo pipefail
client="$(dirname "$0")/../update_state.sh"
keep=${KEEP:-5}
kept=0
for ((i = 1; i <= ${COUNT:-20}; i++)); do
  reading="{\"n\":$i,\"rpm\":$((1500 + i * 250 % 5000)),\"kpa\":$((35 + i * 5 % 60))}"
  "$client" set poll.latest_v1 "$reading" > /dev/null
  "$client" append poll.readings_v1 "$reading" > /dev/null
  kept=$((kept + 1))
  if [ "$kept" -gt "$keep" ]; then
    "$client" pop poll.readings_v1 0 > /dev/null
  fi
  printf '%s\n' "$reading"
  sleep "${INTERVAL:-1}"
done
