import type { Check } from '../../../src-shared/contract/api/settings.ts';
import { lastLines } from '../../work/run-command.ts';
import { quoted } from '../../work/quoted.ts';
import { sshCommand } from '../ssh/ssh-host.ts';
import { missing, well } from './examine-slurm.ts';

const YES = 'reached';

/** Lines of a shell that say in a file whether the machine that collects is reached from where they run, or what ssh says of it. */
export function reachScript(host: string, file: string): string {
  const command = sshCommand({ host, program: 'true' }, []).map(quoted).join(' ');
  const isReached = `[ "$(uname -n)" = ${quoted(host)} ] || ${command} < /dev/null 2> ${quoted(file)}`;
  return `if ${isReached}; then echo ${YES} > ${quoted(file)}; fi\n`;
}

/** @param said what these have written */
export function reachCheck(host: string, said: string): Check {
  if (said.trim() === YES) return well('Collecting', `a job there reaches ${host}, which has the store`);
  return missing(
    'Collecting',
    `no job there reaches ${host}, which has the store: ${lastLines(said, 1) || 'ssh says nothing'}`,
    `\`ssh ${host}\` without a password, from the nodes; or leave --collect-after out`,
  );
}
