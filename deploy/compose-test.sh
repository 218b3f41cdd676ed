#!/usr/bin/env bash
# Runs docker-compose.yml as an operator would, and proves what comes out:
#   1. up --wait, the README's lines, recorded events in, objects read back with the toolbox: what went in, once, event by
#      event
#   2. the README's up with three web tiers and four workers, a web and a worker container killed with SIGKILL under load:
#      nothing lost, nothing stored twice, audit with the receipts of all exits with 0; Prometheus sees every replica, and
#      has data for every panel of the dashboards (needs Python 3)
#   3. every container ends with 0 when told to stop; the README's down
# usage: deploy/compose-test.sh [images]     images: only have the images there, built or pulled
# Takes 2 to 5 minutes on 2 cores, with nothing built before up to 10; every wait in it ends. Needs a Docker engine with
# compose and a JDK for the toolbox; .ci/with-docker can start an engine where there is none. Where no image can be pulled,
# stand-ins are built (deploy/compose-test/Dockerfile) from debian:bookworm-slim, which the engine has to have; for what
# has none, a line says so.
# Exit status 0: all passed, 1: something failed, 77: there is no engine. The last line is "N passed, M failed".
set -euo pipefail
export LC_ALL=C
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

. "$root/deploy/lib.sh"
posting=
feeding=
up=

# Containers, network and volumes of ours.
clean_up() {
  [[ -z $posting ]] || kill "$posting" "$feeding" 2>/dev/null || true
  [[ -n $up ]] || return 0
  ((failed == 0)) || docker compose logs --tail 40 2>&1 | cut -c 1-300 || true
  docker compose down -v -t 5 >/dev/null 2>&1 || true
}

# --- the images -----------------------------------------------------------------------------------------------------

# The balancer's image is the smallest of them.
can_pull() {
  docker image inspect haproxy:3.2-alpine >/dev/null 2>&1 || timeout 60 docker pull -q haproxy:3.2-alpine >/dev/null 2>&1
}

find_jdk() {
  local home
  for home in /usr/lib/jvm/*25* "${JAVA_HOME:-}" /usr/lib/jvm/default-java; do
    [[ -n $home && -x $home/bin/jlink ]] && { printf '%s\n' "$home"; return; }
  done
  return 1
}

# Whom this machine trusts, so that what is downloaded in a build comes through a proxy of it, too.
trusted() {
  mkdir -p "$work/host/java"
  cp -L /etc/ssl/certs/ca-certificates.crt "$work/host/"
  cp -L /etc/ssl/certs/java/cacerts "$work/host/java/"
}

stand_in() { # TARGET
  timeout 600 docker build -q --target "$1" -t "millrace-test/$1" --build-context "host=$work/host" \
    --build-context "repository=$repository" --build-context "jdk=$jdk" deploy/compose-test >/dev/null
}

have_images() {
  local jdk repository=$HOME/.m2/repository
  REVISION=$(git rev-parse HEAD 2>/dev/null || echo unknown)
  export REVISION
  if can_pull; then
    timeout 600 docker compose pull -q --policy missing --ignore-buildable || return 1
  else
    say "no image can be pulled: building stand-ins from Debian's packages, and LocalStack 4.14.0 from its Python package"
    skip "Grafana: its image can't be pulled, and Debian has no package of it"
    jdk=$(find_jdk) || { say "there is no JDK to make a Java runtime of"; return 1; }
    mkdir -p "$repository"
    trusted
    stand_in maven && stand_in jre || return 1
    export COMPOSE_FILE=$COMPOSE_FILE:$root/deploy/compose.test.yml
    export TEST_HOST_CONTEXT=$work/host BUILD_IMAGE=millrace-test/maven RUN_IMAGE=millrace-test/jre
  fi
  # One behind the other: what both are made of is then built once.
  docker compose build -q localstack web && docker compose build -q && docker compose build -q tools
}

# --- events ---------------------------------------------------------------------------------------------------------

# Every line once, so that a line that is there twice was stored twice.
take_events() {
  gather_input
  gzip -dc "${inputs[@]}" | awk '!seen[$0]++' >"$work/events"
  head -n 1500 "$work/events" >"$work/first"
  tail -n +1501 "$work/events" >"$work/load"
  load_lines=$(wc -l <"$work/load")
  load_rate=$((load_lines / (4 * LOAD_SECONDS) + 1)) # of collections, which have 4 events each
}

# A block of the README on the ports used here, in a folder where its commands work as in a checkout; compose finds its
# file and this project by the environment.
readme_block() { # NAME
  .ci/readme-block "$1" | sed "s/127.0.0.1:8080/127.0.0.1:$BALANCER_PORT/; s/127.0.0.1:4566/127.0.0.1:$LOCALSTACK_PORT/" \
    >"$work/block"
  ln -sfn "$root/millrace" "$work/millrace"
  (cd "$work" && timeout 300 bash -euo pipefail block)
}
readme_reads() { [[ $(readme_block compose-read | wc -l) -eq $1 ]]; }

# What is posted and has to come out; $expected is how many.
expect() { # FILE
  cat "$1" >>"$work/expected"
  expected=$(wc -l <"$work/expected")
}

stored_lines() { ./millrace cat --bucket telemetry; }
# KEY<tab>PAYLOAD, for lines with and without a key.
key_and_payload() { sed -E 's/^\{"id":"[^"]*",("key":"([^"]*)",)?"received_at":"[^"]*","version":"[^"]*","token":"[^"]*","payload":/\2\t/; s/\}$//'; }
count_reached() { (($(stored_lines | key_and_payload | sort -u | wc -l) >= $1)); }
# The load, its last quarter only when both containers are killed: so post runs until then, and has something left to
# send, however slow the machine is. It waits for that no longer than a while, or post would never end.
feed() {
  head -n $((load_lines * 3 / 4)) "$work/load"
  until_true 120 test -e "$work/killed" || true
  tail -n +$((load_lines * 3 / 4 + 1)) "$work/load"
}

same_events() { cmp <(sort "$work/expected") "$work/stored"; }

audit() { ./millrace audit --bucket telemetry --receipts "$work/receipts" >"$work/audit.log" 2>&1; }
proven() {
  until_true 60 audit && return
  cat "$work/audit.log"
  return 1
}

tools() { # COMMAND…
  timeout 120 docker compose run --rm -T -v "$work/receipts:/receipts:ro" tools "$@" >"$work/tools.log" 2>&1
}
tools_prove() {
  until_true 30 tools audit --receipts /receipts && return
  cat "$work/tools.log"
  return 1
}

# --- the containers -------------------------------------------------------------------------------------------------

start() { # COMMAND…; in a shell of its own, as what is said on the way out of this one is not for the log
  ("$@") >"$work/up.log" 2>&1 || { tail -n 20 "$work/up.log"; return 1; }
}

kill_one_of() { docker kill -s KILL "$(docker compose ps -q "$1" | head -n 1)" >/dev/null; }
running() { [[ $(docker compose ps -q --status running "$1" | wc -l) -eq $2 ]]; }

query() { # PROMQL
  curl -fsS --get --data-urlencode "query=$1" "http://127.0.0.1:$PROMETHEUS_PORT/api/v1/query" |
    sed -nE 's/.*"value":\[[^,]*,"([^"]*)"\].*/\1/p'
}
shows() { [[ $(query "$1") == "$2" ]]; } # PROMQL VALUE
shows_at_least() { # PROMQL, of a whole number, VALUE
  local value
  value=$(query "$1") && ((${value:-0} >= $2))
}

grafana() { curl -fsS "http://127.0.0.1:$GRAFANA_PORT/api/$1"; } # PATH
grafana_reaches_prometheus() { grafana datasources/uid/prometheus/health | grep -q '"status":"OK"'; }
grafana_has() { [[ $(grafana 'search?type=dash-db' | grep -o '"uid":' | wc -l) -eq $1 ]]; } # DASHBOARDS

# Collections of its own come in meanwhile.
dashboards_show_it() {
  timeout 240 python3 deploy/grafana/checks/live.py "$root" "http://127.0.0.1:$PROMETHEUS_PORT" "$collections" \
    >"$work/live.log" && ! grep '^FAIL' "$work/live.log"
}

ended_with_0() { # SERVICE
  local codes
  codes=$(docker compose ps -aq "$1" | xargs -r docker inspect -f '{{.State.ExitCode}}' | sort -u)
  [[ $codes == 0 ]] || { say "     exit codes $codes"; return 1; }
}

# --- the steps ------------------------------------------------------------------------------------------------------

step_one() {
  say "== one web tier, one worker"
  check "up --wait" start docker compose up --wait --wait-timeout 240
  ((failed == 0)) || return 0
  check "the README's post is accepted" readme_block compose-post
  expect <(gzip -dc "$work/events.ndjson.gz")
  check "the README's cat prints all of it" until_true 60 readme_reads "$expected"
  check "post: everything is accepted" "${post[@]}" "$work/first"
  expect "$work/first"
  check "all $expected events are stored" until_true 60 count_reached "$expected"
  stored_lines | key_and_payload | cut -f 2- | sort >"$work/stored"
  check "what comes out is what went in, event by event" same_events
  check "audit proves every receipt" proven
  check "so does the one of the tools' image" tools_prove
  check "the tools' image tells what it has" grep -q redrive <(docker compose run --rm -T tools 2>&1)
  if docker compose config --services | grep -qx grafana; then
    check "Grafana reaches its data source" grafana_reaches_prometheus
    check "Grafana has the four dashboards" grafana_has 4
  fi
  check "Prometheus counts them" until_true 30 shows "$stored" "$expected"
}

step_two() {
  local copies before
  say "== three web tiers, four workers, two of them killed"
  check "the README's up" start readme_block compose
  check "Prometheus sees three web tiers" until_true 30 shows 'sum(up{job="millrace-web"})' 3
  check "Prometheus sees four workers" until_true 30 shows 'sum(up{job="millrace-worker"})' 4
  before=$(query "$stored")
  # The key tells a collection that was sent again after a lost answer from one that was stored twice.
  mkfifo "$work/feed"
  "${post[@]}" --keys --rate "$load_rate" - <"$work/feed" >"$work/post.log" 2>&1 &
  posting=$!
  feed >"$work/feed" &
  feeding=$!
  expect "$work/load"
  check "events of the load are stored" until_true 60 shows_at_least "$stored" $((${before:-0} + 1000))
  check "a worker is killed under load" kill_one_of worker
  sleep 2
  check "a web tier is killed under load" kill_one_of web
  check "post was still running then" kill -0 "$posting"
  : >"$work/killed"
  check "post: everything is accepted in the end" wait "$posting"
  posting=
  tail -n 12 "$work/post.log"
  check "all $expected events are stored" until_true 120 count_reached "$expected"
  stored_lines | key_and_payload | sort >"$work/lines"
  sort -u "$work/lines" | cut -f 2- | sort >"$work/stored"
  check "what comes out is what went in, event by event" same_events
  copies=$(($(wc -l <"$work/lines") - $(wc -l <"$work/stored")))
  say "     $copies lines are there again: collections whose first answer was lost, under the same key"
  check "audit proves every receipt: stored, once" proven
  tail -n 6 "$work/audit.log"
  check "a web tier is gone" running web 2
  check "a worker is gone" running worker 3
  check "the README's up with the profile brings them back" start readme_block compose-observe
  check "Prometheus sees all seven" until_true 30 shows 'sum(up{job=~"millrace-(web|worker)"})' 7
  if command -v python3 >/dev/null; then
    check "every panel of the dashboards has data, every rule is evaluated, no alert fires" dashboards_show_it
  else
    skip "the dashboards' queries: python3 is not installed"
  fi
}

step_three() {
  say "== the end"
  docker compose stop -t 60 >"$work/stop.log" 2>&1
  check "SIGTERM ends every web tier with 0" ended_with_0 web
  check "SIGTERM ends every worker with 0" ended_with_0 worker
  check "the README's down" start readme_block compose-down
  up=
}

# --------------------------------------------------------------------------------------------------------------------

BALANCER_PORT=${BALANCER_PORT:-18080} LOCALSTACK_PORT=${LOCALSTACK_PORT:-14566}
PROMETHEUS_PORT=${PROMETHEUS_PORT:-19090} GRAFANA_PORT=${GRAFANA_PORT:-13000}
# What a killed worker held comes back after this time.
VISIBILITY_TIMEOUT_SECONDS=20
export BALANCER_PORT LOCALSTACK_PORT PROMETHEUS_PORT GRAFANA_PORT VISIBILITY_TIMEOUT_SECONDS
export COMPOSE_PROJECT_NAME=millrace-test COMPOSE_PROFILES=observe COMPOSE_FILE=$root/docker-compose.yml
export AWS_ENDPOINT_URL=http://127.0.0.1:$LOCALSTACK_PORT AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
export QUEUE_NAME=millrace no_proxy=127.0.0.1 NO_PROXY=127.0.0.1
LOAD_SECONDS=20
stored='sum(millrace_worker_payloads_stored_total)'
collections=http://127.0.0.1:$BALANCER_PORT/v1/collections
post=(./millrace post --url "$collections" --receipts "$work/receipts" --append)

if ! timeout 10 docker info >/dev/null 2>&1; then
  rm -rf "$work"
  say "skipped: no Docker engine answers"
  exit 77
fi
trap finish EXIT
check "the images are there" have_images
[[ ${1:-} == images || $failed -gt 0 ]] && exit
take_events
up=yes
step_one
((failed > 0)) || step_two
((failed > 0)) || step_three
