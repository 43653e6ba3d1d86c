import type { Check } from '../../../src-shared/contract/api/settings.ts';
import type { SlurmSettings } from '../../../src-shared/studies/slurm-settings.ts';
import { plainNode } from '../../plain-node.ts';
import { spoolsFolder } from '../spool/find-spool.ts';
import { KINDLING } from '../spool/worker-command.ts';
import { examineNode } from './examine-node.ts';
import { examineSlurm, missing } from './examine-slurm.ts';
import { localShell } from './shell.ts';

/** A cluster that is busy lets even a small job wait. */
const PATIENCE_MS = 10 * 60_000;

/**
 * What is there for studies on the cluster, and what is missing. Never rejects.
 * @param isProbed whether a job is submitted that looks at its node
 */
export async function examineCluster(
  home: string,
  settings: SlurmSettings,
  isProbed: boolean,
): Promise<Check[]> {
  const folder = settings.folder ?? spoolsFolder(home);
  const checks = await examineSlurm(localShell, settings, folder);
  if (!isProbed || checks.some(({ state }) => state === 'missing')) return checks;
  const probe = {
    ...{ folder, settings, patience: PATIENCE_MS },
    command: [plainNode(), KINDLING, 'doctor', '--json'],
    environment: { KINDLING_HOME: home },
    collector: settings.collectAfter ? localShell.place : null,
  };
  try {
    return [...checks, ...(await examineNode(localShell, probe))];
  } catch (error) {
    return [...checks, missing('Node', (error as Error).message, 'what sbatch says')];
  }
}
