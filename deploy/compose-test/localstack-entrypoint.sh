#!/bin/bash
# What LocalStack's image starts, but without its supervisor, which restarts it when asked to.
set -euo pipefail
exec python -m localstack.runtime.main
