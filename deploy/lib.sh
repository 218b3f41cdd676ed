#!/usr/bin/env bash
# What the shell tests have in common; sourced by them with root set, the folder of the checkout. It sets work, a folder that
# goes with the test. Whatever is in pids is killed at the end; `trap finish EXIT` tells the counts in the last line.

work=$(mktemp -d)
pids=()
passed=0
failed=0
skipped=()

say() { printf '%s\n' "$*"; }
pass() { passed=$((passed + 1)); say "ok   $*"; }
fail() { failed=$((failed + 1)); say "FAIL $*"; }
skip() { skipped+=("$*"); say "skip $*"; }
check() { # NAME COMMAND…
  local name=$1
  shift
  if "$@"; then pass "$name"; else fail "$name"; fi
}

# On every way out. A test that has more to end than pids defines clean_up.
finish() {
  local status=$? pid name
  trap - EXIT
  ((status == 0 || failed > 0)) || fail "ended early, exit status $status"
  for pid in ${pids[@]+"${pids[@]}"}; do
    kill -9 "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true
  done
  if declare -F clean_up >/dev/null; then clean_up; fi
  ((failed == 0)) || tail -n 40 "$work"/*.log "$work"/*/*.log 2>/dev/null || true
  rm -rf "$work"
  for name in ${skipped[@]+"${skipped[@]}"}; do say "skipped: $name"; done
  say "$passed passed, $failed failed"
  exit $((failed > 0))
}
trap 'exit 130' INT TERM HUP

# Runs a command again and again until it succeeds.
until_true() { # SECONDS COMMAND…
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.2
  done
}

# Waits for a line that the process writes; prints what the sed expression makes of the first that fits.
await_line() { # PID FILE SED-EXPRESSION
  local end=$((SECONDS + 90)) found
  while true; do
    found=$(sed -nE "$3" "$2" | head -n 1) || true
    [[ -n $found ]] && { printf '%s\n' "$found"; return; }
    if ! kill -0 "$1" 2>/dev/null || ((SECONDS >= end)); then
      say "not seen in $2: $3" >&2
      return 1
    fi
    sleep 0.1
  done
}

# Sets inputs, files of events: recorded ones, or lines that are made here.
gather_input() {
  inputs=()
  local file
  for file in "$root"/../shared/data/*.ndjson.gz; do
    [[ -r $file ]] && inputs+=("$file")
  done
  if ((${#inputs[@]} > 0)); then
    say "input: the recorded events of ../shared/data"
    return
  fi
  say "input: 20,000 generated lines, as ../shared/data is not there"
  seq 20000 | awk '{ printf "{\"n\":%d,\"host\":\"host-%04d.example\",\"text\":\"a \\\"b\\\" \\\\ \303\244 %x\"}\n", $1, $1 % 997, $1 * 40503 }' |
    gzip >"$work/generated.ndjson.gz"
  inputs=("$work/generated.ndjson.gz")
}
