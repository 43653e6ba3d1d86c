import { quoted } from '../../work/quoted.ts';
import { sshCommand } from '../ssh/ssh-host.ts';

export interface CollectScript {
  /** The machine that has the store, as it calls itself and as ssh knows it. */
  readonly host: string;
  /** Takes there into the store what has been finished. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Is there as long as anything is left to be taken. */
  readonly spoolFile: string;
  /** File that tells what comes of this job, and its text where nothing does. */
  readonly note: string;
  readonly failed: string;
  /** Of its output; goes with the spool. */
  readonly log: string;
  /** Seconds before each try. */
  readonly pause: number;
}

/** Others may hold the store for a while, and the host be started anew. */
const TRIES = 5;

/**
 * The script of a job that has the machine with the store collect, whichever node it runs on: SQLite must not be opened on another. A disk
 * that many machines share may show late what the last workers have written, so that it waits before the first try, too.
 */
export function collectScript(script: CollectScript): string {
  const { host, command, environment, spoolFile, note, failed, log, pause } = script;
  const parameters = [...Object.entries(environment).map(([name, value]) => `${name}=${value}`), ...command];
  const there = sshCommand({ host, program: 'env' }, parameters);
  const part = `${note}.part`;
  return `#!/bin/sh
# Has ${host.replaceAll(/\s+/g, ' ')} take into its store what the workers of a study have finished.
collect() {
  if [ "$(uname -n)" = ${quoted(host)} ]; then
    ${['env', ...parameters].map(quoted).join(' ')}
  else
    ${there.map(quoted).join(' ')} < /dev/null
  fi
}
leave() {
  [ -e ${quoted(spoolFile)} ] || rm -f ${quoted(log)}
  exit 0
}
try=0
while [ "$try" -lt ${TRIES} ]; do
  sleep ${pause}
  # somebody has taken all
  [ -e ${quoted(spoolFile)} ] || leave
  collect && leave
  try=$((try + 1))
done
printf '%s\\n' ${quoted(failed)} > ${quoted(part)} && mv ${quoted(part)} ${quoted(note)}
exit 1
`;
}
