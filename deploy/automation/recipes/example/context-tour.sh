#!/usr/bin/env bash
# NAME: context-tour.sh
# DESC: Shows every operation of a context server, each with its answer.
# USAGE: dynoai context serve & recipes/example/context-tour.sh
# LIMITATIONS: It uses and removes the key tour of the server at DYNOAI_CONTEXT_HOST and DYNOAI_CONTEXT_PORT.
set -euo pipefail
client="$(dirname "$0")/../update_state.sh"
run() {
  printf '%s\n' "update_state.sh $*"
  "$client" "$@"
}
run set tour.user '{"name":"Alice"}'
run get tour.user.name
run append tour.numbers 1
run append tour.numbers 2
run get tour.numbers
run pop tour.numbers 0
run delete tour.user
run full
"$client" delete tour > /dev/null
