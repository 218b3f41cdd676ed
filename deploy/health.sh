#!/bin/bash
# Asks a tier in this container whether it is ready; exit 0 if it is. The port is ADMIN_PORT, else the first argument.
# Bash opens the connection itself: the Temurin images have bash, but no curl or wget.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${ADMIN_PORT:-$1}"
printf 'GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 3 status <&3
[[ $status == "HTTP/1.1 200"* ]]
