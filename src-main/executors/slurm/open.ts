import type { SlurmSettings } from '../../../src-shared/studies/slurm-settings.ts';
import { plainNode } from '../../plain-node.ts';
import { workerCommand } from '../spool/worker-command.ts';
import type { FleetSite, WorkerFleet } from '../spool/worker-fleet.ts';
import { localShell } from './shell.ts';
import { SlurmFleet } from './slurm-fleet.ts';

/** The cluster is asked when something is wanted of it: what was trained can be collected while its controller is away. */
export function openSlurm({ spool, home, settings, signal }: FleetSite<SlurmSettings>): WorkerFleet {
  const command = workerCommand(spool, { node: plainNode() });
  return new SlurmFleet(
    localShell,
    { spool, settings, command, environment: { KINDLING_HOME: home } },
    signal,
  );
}
