import { quoted } from '../../work/quoted.ts';
import { REQUEUE } from '../spool/worker-command.ts';

export interface JobScript {
  /** Of the worker. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** File that tells that no job is wanted any more. */
  readonly stopMark: string;
}

/**
 * The script of a job: it runs a worker, hands on the signal that Slurm gives to the script alone, and has itself queued again
 * where the worker would go on.
 *
 * `wait` returns early for a signal, and `kill -0` then finds the worker, which has not been waited for.
 */
export function jobScript({ command, environment, stopMark }: JobScript): string {
  const stopped = `[ -e ${quoted(stopMark)} ]`;
  return `#!/bin/sh
# A worker of Kindling: trains runs of a spool until none is left or its time is nearly up.
${stopped} && exit 0
${Object.entries(environment)
  .map(([name, value]) => `export ${name}=${quoted(value)}`)
  .join('\n')}
trap 'kill -USR1 "$worker"' USR1
# Slurm ends the job, and tells the worker as well
ending=
trap 'ending=yes' TERM
${command.map(quoted).join(' ')} &
worker=$!
while :; do
  wait "$worker"
  status=$?
  kill -0 "$worker" 2>/dev/null || break
done
if [ "$status" -eq ${REQUEUE} ] && [ -z "$ending" ] && ! ${stopped}; then
  # by its place: the last element of an array has the array's own number, by which all of its jobs would be queued again
  job=$SLURM_JOB_ID
  [ -z "$SLURM_ARRAY_TASK_ID" ] || job="$SLURM_ARRAY_JOB_ID"_"$SLURM_ARRAY_TASK_ID"
  # Slurm ends this script where it agrees
  scontrol requeue "$job" && sleep 300
fi
exit "$status"
`;
}
