#!/bin/sh
# One part of a manifest, on any scheduler that counts its tasks: Kubernetes Indexed Jobs, AWS Batch arrays, Slurm arrays from 0.
# Needs MANIFEST, RECIPE, OUT and SHARDS. Killed or failed, it may simply run again: what is there already is skipped.
set -eu
index=${JOB_COMPLETION_INDEX:-${AWS_BATCH_JOB_ARRAY_INDEX:-${SLURM_ARRAY_TASK_ID:?there is no index of a task}}}
exec ${CHROMASK:-chromask} --manifest "$MANIFEST" --recipe "$RECIPE" --out "$OUT" \
  --shard "$((index + 1))/$SHARDS" --resume --json --concurrency "${CONCURRENCY:-1}"
