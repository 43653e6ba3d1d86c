import { engineKindNamed } from '../../engine/engines/registry.ts';
import { selectedEngine } from '../../engine/installations/installation.ts';
import type { FleetSite, WorkerFleet } from '../spool/worker-fleet.ts';
import { ProcessFleet } from './process-fleet.ts';

/** @throws Problem of `selectedEngine`; the signal's reason */
export async function openProcesses({ spool, home, signal }: FleetSite<unknown>): Promise<WorkerFleet> {
  const engine = selectedEngine(home);
  // workers only read the home
  await engineKindNamed(engine.engine).prepare(engine, signal ? { signal } : {});
  return new ProcessFleet(spool, home);
}
