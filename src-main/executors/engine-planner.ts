import { availableParallelism } from 'node:os';
import { type JobPlan, planJobs } from '../../src-shared/studies/plan-jobs.ts';
import { engineKind } from '../engine/engines/registry.ts';
import { type EngineInstallation, listEngines } from '../engine/installations/installation.ts';
import type { JobsWanted } from './executor.ts';
import { trainerCards } from './trainer-cards.ts';

/**
 * What plans the trainers of this machine, by what is measured of its engine now. It throws a Problem `usage` for a number of jobs
 * that there cannot be.
 *
 * @param engine null where there is none yet: they would compute on the CPU
 * @param cards that trainers can be given; 0 where they are unknown
 */
export function enginePlanner(
  engine: EngineInstallation | null,
  cards: number,
): (request: JobsWanted) => JobPlan {
  const measured = (engine && engineKind(engine.engine)?.tuning?.trainers(engine)) ?? [];
  return ({ runs, stepMacs, jobs }) =>
    planJobs({
      ...{ cores: availableParallelism(), device: engine?.kind ?? 'cpu', cards, runs, stepMacs, measured },
      ...(jobs === null ? {} : { jobs }),
    });
}

/**
 * Plans trainers of this machine as a study that runs here would be given, without preparing the engine for it.
 * @param devices as for `trainerCards`
 * @throws Problem of `trainerCards`
 */
export async function plannerHere(
  home: string,
  devices: readonly string[] | null,
): Promise<(request: JobsWanted) => JobPlan> {
  const engine = listEngines(home).find(({ selected }) => selected) ?? null;
  const cards = engine ? (await trainerCards(engine, devices)).cards.length : 0;
  return enginePlanner(engine, cards);
}
