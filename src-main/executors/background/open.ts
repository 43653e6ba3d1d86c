import { engineKindNamed } from '../../engine/engines/registry.ts';
import { selectedEngine } from '../../engine/installations/installation.ts';
import { trainerCards } from '../../trainer/trainer-cards.ts';
import { enginePlanner } from '../engine-planner.ts';
import type { FleetSite, WorkerFleet } from '../spool/worker-fleet.ts';
import { ProcessFleet } from './process-fleet.ts';

/** @throws Problem of `selectedEngine`; the signal's reason */
export async function openProcesses({ spool, home, signal }: FleetSite<unknown>): Promise<WorkerFleet> {
  const engine = selectedEngine(home);
  const kind = engineKindNamed(engine.engine);
  const { cards } = await trainerCards(engine, null);
  // workers only read the home
  await kind.prepare(engine, signal ? { signal } : {});
  return new ProcessFleet(spool, home, {
    cards,
    environmentOf: (card) => kind.cardEnvironment?.(card) ?? {},
    plan: enginePlanner(engine, cards),
  });
}
