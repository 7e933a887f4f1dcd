#!/usr/bin/env bash
# NAME: update_state.sh
# DESC: A client of the context server (dynoai context serve) that needs only bash.
# USAGE: update_state.sh full | get PATH | set PATH JSON | append PATH JSON | delete PATH | pop PATH [INDEX]
# RETURNS: the server's answer, {"ok":true,"value":...} or {"ok":false,"error":"..."}; exit code 1 for the latter
# LIMITATIONS: The server is at DYNOAI_CONTEXT_HOST and DYNOAI_CONTEXT_PORT, by default 127.0.0.1 and 7878. Its token, if
# it has one, is in DYNOAI_CONTEXT_TOKEN.
set -euo pipefail

usage() {
  sed -n 's/^# USAGE: /usage: /p' "$0" >&2
  exit 2
}

# Quotes a text for JSON.
quoted() {
  local text=$1
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\n'/\\n}
  text=${text//$'\t'/\\t}
  text=${text//$'\r'/\\r}
  printf '"%s"' "$text"
}

token=""
if [ -n "${DYNOAI_CONTEXT_TOKEN:-}" ]; then
  token="\"token\":$(quoted "$DYNOAI_CONTEXT_TOKEN"),"
fi

case "${1:-}" in
  full)
    [ $# -eq 1 ] || usage
    request="{$token\"op\":\"full\"}" ;;
  get | delete)
    [ $# -eq 2 ] || usage
    request="{$token\"op\":\"$1\",\"path\":$(quoted "$2")}" ;;
  set | append)
    [ $# -eq 3 ] || usage
    request="{$token\"op\":\"$1\",\"path\":$(quoted "$2"),\"value\":${3//$'\n'/ }}" ;;
  pop)
    [ $# -eq 2 ] || [ $# -eq 3 ] || usage
    request="{$token\"op\":\"pop\",\"path\":$(quoted "$2"),\"index\":${3:--1}}" ;;
  *)
    usage ;;
esac

host=${DYNOAI_CONTEXT_HOST:-127.0.0.1}
port=${DYNOAI_CONTEXT_PORT:-7878}
if ! exec 3<> "/dev/tcp/$host/$port"; then
  echo "no context server answers at $host:$port" >&2
  exit 3
fi
printf '%s\n' "$request" >&3
IFS= read -r -t 30 answer <&3 || { echo "the context server gave no answer" >&2; exit 3; }
printf '%s\n' "$answer"
case "$answer" in
  '{"ok":true'*) ;;
  *) exit 1 ;;
esac
