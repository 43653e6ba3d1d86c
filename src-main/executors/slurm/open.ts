import type { SlurmSettings } from '../../../src-shared/studies/slurm-settings.ts';
import { plainNode } from '../../plain-node.ts';
import { KINDLING, workerCommand } from '../spool/worker-command.ts';
import type { FleetSite, WorkerFleet } from '../spool/worker-fleet.ts';
import { BEFORE } from './collect-job.ts';
import type { Collecting } from './jobs.ts';
import { localShell } from './shell.ts';
import { SlurmFleet } from './slurm-fleet.ts';

/** The cluster is asked when something is wanted of it: what was trained can be collected while its controller is away. */
export function openSlurm(site: FleetSite<SlurmSettings>): WorkerFleet {
  const { spool, home, settings, signal } = site;
  const command = workerCommand(spool, { node: plainNode() });
  const environment = { KINDLING_HOME: home };
  const collecting = settings.collectAfter ? collectingOf(site) : null;
  return new SlurmFleet(
    localShell,
    { ...{ spool, settings, command, environment }, ...(collecting && { collecting }) },
    signal,
  );
}

/** Seconds: a disk of many machines may show that late what a worker has written. */
const PAUSE = 60;

/** Null where the store is on another machine. */
function collectingOf({ home, study }: FleetSite<SlurmSettings>): Collecting | null {
  const { name, storeFile } = study;
  if (storeFile === undefined) return null;
  const { PATH, SLURM_CONF } = process.env;
  const before = process.env[BEFORE];
  return {
    host: localShell.place,
    command: [plainNode(), KINDLING, 'study', 'collect', name, '--store', storeFile],
    // by which the programs of Slurm are found there, too
    environment: { KINDLING_HOME: home, ...(PATH && { PATH }), ...(SLURM_CONF && { SLURM_CONF }) },
    pause: PAUSE,
    before: before === undefined ? null : Number(before),
  };
}
