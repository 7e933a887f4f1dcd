#!/usr/bin/env bash
# NAME: sample.sh
# DESC: Returns a text, and records it in the Context when it runs as a step of a recipe.
# USAGE: ECHO_TEXT=Hello recipes/example/sample.sh
# RETURNS: {"status":"ok","echo":"<text>"}
# LIMITATIONS: ECHO_TEXT has no quotation mark, backslash or line break.
set -euo pipefail
text=${ECHO_TEXT:?missing ECHO_TEXT}
if [ -n "${DYNOAI_CONTEXT_PORT:-}" ]; then
  message=$("$(dirname "$0")/../update_state.sh" get sample.message_v1)
  echo "the message in the Context: $message" >&2
  "$(dirname "$0")/../update_state.sh" set sample.echo_v1 "\"$text\"" >&2
fi
printf '{"status":"ok","echo":"%s"}\n' "$text"
