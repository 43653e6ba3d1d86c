import { availableParallelism } from 'node:os';
import { freeOf, type Card } from '../../src-shared/machine/card.ts';
import type { Fuse, LocalSettings } from '../../src-shared/studies/local-settings.ts';
import { type JobPlan, type JobRequest, planJobs } from '../../src-shared/studies/plan-jobs.ts';
import { type EngineInstallation, listEngines } from '../engine/installations/installation.ts';
import { knownTrainers } from '../engine/measuring/trainers-record.ts';
import { mainMemory } from '../machine/memory.ts';
import { trainerCards } from '../trainer/trainer-cards.ts';
import type { JobsWanted } from './executor.ts';

/**
 * What the trainers of this machine are planned by: what is measured of its engine and free of its memory now.
 *
 * @param engine null where there is none yet: they would compute on the CPU
 * @param cards that trainers can be given; none where they are unknown
 * @param fuse runs that each trains in one step, as a person said; null for one
 */
export function planningHere(
  engine: EngineInstallation | null,
  cards: readonly Card[],
  fuse: Fuse | null = null,
): (wanted: JobsWanted) => JobRequest {
  const here = { ...mainMemory(), cards: cards.map(freeOf) };
  const place = {
    ...{ cores: availableParallelism(), device: engine?.kind ?? 'cpu', cards: cards.length },
    ...(engine?.kind === 'gpu' && { card: cardModel(engine, cards) }),
    measured: engine === null ? [] : knownTrainers(engine),
    ...(fuse !== null && { fuse }),
  };
  return ({ jobs, memory: trainer, ...work }) => ({
    ...place,
    ...work,
    ...(jobs === null ? {} : { jobs }),
    ...(trainer && { memory: { trainer, here } }),
  });
}

/** Of cards that are not known one by one, what was seen when the engine was installed. */
function cardModel({ devices }: EngineInstallation, [first]: readonly Card[]): string {
  return first?.name ?? devices[0] ?? 'GPU';
}

/** Plans trainers by `planningHere`. It throws a Problem `usage` for a number of jobs that there cannot be. */
export function enginePlanner(...here: Parameters<typeof planningHere>): (wanted: JobsWanted) => JobPlan {
  const requestOf = planningHere(...here);
  return (wanted) => planJobs(requestOf(wanted));
}

export interface PlannerHere {
  /** By its name; null where there is none yet. */
  readonly engine: string | null;
  readonly plan: (wanted: JobsWanted) => JobPlan;
}

/**
 * Plans trainers of this machine as a study that runs here would be given, without preparing the engine for it.
 * @param settings what is said of them
 * @throws Problem of `trainerCards`
 */
export async function plannerHere(home: string, { devices, fuse }: LocalSettings): Promise<PlannerHere> {
  const engine = listEngines(home).find(({ selected }) => selected) ?? null;
  const cards = engine ? (await trainerCards(engine, devices)).cards : [];
  return { engine: engine?.name ?? null, plan: enginePlanner(engine, cards, fuse) };
}
