#!/usr/bin/env bash
# NAME: wait-for-log.sh
# DESC: Waits until the log of a round is saved as round-N.csv and returns its path.
# USAGE: ROUND=1 [LOGS=.] wait-for-log.sh
# RETURNS: {"status":"ok","log":"<path>"}
# LIMITATIONS: Save the log under another name and rename it, so that it is not read before it is complete.
set -euo pipefail
log="${LOGS:-.}/round-${ROUND:?missing ROUND}.csv"
echo "waiting for $log, made with ${TABLE:-the current table}" >&2
until [ -s "$log" ]; do sleep 1; done
printf '{"status":"ok","log":"%s"}\n' "$log"
