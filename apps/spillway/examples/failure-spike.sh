#!/bin/sh
# The runbook for a failure spike, by the command line alone: `SPILLWAY_URL=… SPILLWAY_TOKEN=… ./failure-spike.sh QUEUE [OPTION…]`.
# FIX is what you do about the root cause; the options narrow down what is retried, as `--q tenant-12` does. Ends with 1 as soon as
# jobs fail again.
set -eu
queue=$1
shift
field() { node -p "JSON.parse(require('fs').readFileSync(0, 'utf8')).$1"; }

echo "What fails most:"
spillway errors "$queue"
shape=$(spillway errors "$queue" --json | field 'items[0].id')

echo "Some of its jobs:"
spillway jobs "$queue" --error-shape "$shape" --limit 5
spillway jobs "$queue" --error-shape "$shape" --limit 5 --json | field 'items.map((job) => job.payload_preview).join("\n")'

echo "What was retried lately:"
spillway audit --queue "$queue" --action job.retry

sh -c "${FIX:-true}"

echo "Phase 1, 10 representative jobs:"
spillway retry "$queue" --error-shape "$shape" --count 10 --may-fail 20 --reason "phase 1: ${REASON:-the cause is fixed}" "$@"
spillway watch "$queue" --for "${WATCH:-2m}"

echo "Phase 2, the next 10 %:"
spillway retry "$queue" --error-shape "$shape" --percent 10 --reason "phase 2" "$@"
spillway watch "$queue" --for "${WATCH:-2m}"

echo "Phase 3, all of them:"
spillway retry "$queue" --error-shape "$shape" --all --reason "phase 3" "$@"
spillway jobs "$queue" --error-shape "$shape" --limit 5
