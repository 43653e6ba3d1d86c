import type { runRequests } from '../../src-shared/contract/api/runs.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { RunRecord } from '../../src-shared/studies/run-record.ts';
import type { RepeatedRun } from '../scheduler/single-runs.ts';
import { canGoOn } from '../../src-shared/studies/can-go-on.ts';
import { removeEndedResumes } from '../artifacts/resume-files.ts';
import { ownsRunFolder } from '../artifacts/run-folders.ts';
import { requireTrained } from '../../src-shared/studies/imported-study.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

type SingleRunRequests = Pick<
  typeof runRequests,
  | 'runs.cancel'
  | 'runs.skip'
  | 'runs.first'
  | 'runs.repeat'
  | 'runs.goOn'
  | 'runs.trash'
  | 'runs.restore'
  | 'runs.trashed'
>;

/** The requests that cancel, skip, repeat, hurry and delete single runs. What cannot be done is refused before anything is. */
export function singleRunHandlers(host: Host): HandlersOf<SingleRunRequests> {
  const { queue, store, listings, changes, emitStudy } = host;
  const read = (ids: readonly string[]): RunRecord[] => {
    const known = new Map(
      store()
        .runs({ ids })
        .map((run) => [run.id, run]),
    );
    return [...new Set(ids)].map((id) => known.get(id) ?? store().run(id));
  };
  const tell = (runs: readonly Pick<RunRecord, 'id' | 'study'>[]): void => {
    changes.touch(runs.map(({ id }) => id));
    for (const study of studiesOf(runs)) {
      listings.recount(study);
      emitStudy(study);
    }
  };
  return {
    'runs.cancel': ({ runs: ids }) => {
      const runs = read(ids);
      for (const run of runs) requireState(run, ['running'], 'only a run that trains can be cancelled');
      for (const { id, study } of runs) queue.runsOf(study)?.cancel(id);
      return null;
    },
    'runs.skip': ({ runs: ids }) => {
      const runs = read(ids);
      requireOwn(host, runs);
      for (const run of runs) requireState(run, ['waiting', 'running', ...ENDED], 'it has its result');
      // one that trains is marked when it has ended
      const ending = [...studiesOf(runs)].map((study) => queue.runsOf(study)?.skip(ids) ?? new Set<string>());
      const ended = runs.filter(({ id }) => !ending.some((own) => own.has(id)));
      store().skipRuns(ended.map(({ id }) => id));
      removeEndedResumes(store());
      tell(ended);
      return null;
    },
    'runs.first': ({ runs: ids }) => {
      const runs = read(ids);
      for (const run of runs) requireState(run, ['waiting'], 'only a run that waits can be put first');
      for (const [study, own] of Map.groupBy(runs, (run) => run.study))
        if (
          !queue.putFirst(
            study,
            own.map(({ id }) => id),
          )
        )
          throw new Problem(
            'usage',
            `The study "${study}" is not under way, so no run of it is in line: start it first.`,
          );
      return null;
    },
    'runs.repeat': ({ runs: ids }) => {
      const runs = read(ids);
      requireOwn(host, runs);
      for (const run of runs)
        requireState(
          run,
          ENDED,
          run.state === 'complete' ? 'the same seed has the same result' : 'it is still to end',
        );
      requireLast(host, runs);
      const added = store().addRuns(
        runs.map(({ study, cell, seed, id }) => ({ study, cell, seed, retryOf: id })),
      );
      tell([...runs, ...runs.map(({ study }, place) => ({ study, id: added[place] ?? '' }))]);
      const repeated = runs.map((run, place) => ({ ...run, id: added[place] ?? '', end: endOf(run) }));
      for (const [study, own] of Map.groupBy(repeated, (run) => run.study)) queue.repeat(study, own);
      return { runs: added };
    },
    'runs.goOn': ({ runs: ids }) => {
      const runs = read(ids);
      requireOwn(host, runs);
      for (const run of runs) requireGoingOn(host, run);
      requireLast(host, runs);
      store().resumeRuns(runs.map(({ id }) => id));
      tell(runs);
      const goingOn = runs.map((run) => ({ ...run, end: endOf(run) }));
      for (const [study, own] of Map.groupBy(goingOn, (run) => run.study)) queue.repeat(study, own);
      return null;
    },
    'runs.trash': ({ runs: ids }) => {
      const runs = read(ids);
      store().trashRuns(ids);
      for (const study of studiesOf(runs)) listings.forget(study);
      host.emit({ type: 'reload' });
      return null;
    },
    'runs.restore': ({ runs }) => {
      store().restoreRuns(runs);
      listings.forgetAll();
      host.emit({ type: 'reload' });
      return null;
    },
    'runs.trashed': () => store().trashedRuns(),
  };
}

function studiesOf(runs: readonly Pick<RunRecord, 'study'>[]): ReadonlySet<string> {
  return new Set(runs.map(({ study }) => study));
}

const ENDED: readonly RunRecord['state'][] = ['failed', 'cancelled', 'interrupted'];

/** @param why it cannot be done otherwise */
function requireState({ id, state }: RunRecord, allowed: readonly RunRecord['state'][], why: string): void {
  if (!allowed.includes(state)) throw new Problem('usage', `The run ${id} is ${state}: ${why}.`);
}

/** @throws Problem for a run that is not interrupted, or whose files are another store's */
function requireGoingOn({ store }: Pick<Host, 'store'>, run: RunRecord): void {
  const repeat = 'it can only be repeated';
  if (!canGoOn(run))
    throw new Problem(
      'usage',
      run.state === 'failed'
        ? `The run ${run.id} failed and would fail again where it was: ${repeat}.`
        : `The run ${run.id} is ${run.state}: only one that was interrupted goes on.`,
    );
  if (!ownsRunFolder(store(), run.id))
    throw new Problem('usage', `The files of the run ${run.id} belong to another store: ${repeat}.`);
}

/** Of what was imported nothing is trained here. */
function requireOwn({ store }: Pick<Host, 'store'>, runs: readonly RunRecord[]): void {
  for (const study of studiesOf(runs)) requireTrained(store().study(study).definition);
}

/** Of several attempts the last one is repeated, and only of a seed that the study's file asks for. */
function requireLast({ store }: Pick<Host, 'store'>, runs: readonly RunRecord[]): void {
  for (const [study, own] of Map.groupBy(runs, (run) => run.study)) {
    const asked = new Map(
      store()
        .cellRows(study)
        .map((cell) => [cell.id, cell.asked ?? []]),
    );
    const cells = [...new Set(own.map(({ cell }) => cell))];
    const attempts = cells.flatMap((cell) => store().runs({ study, cell }));
    const last = new Map(attempts.map(({ cell, seed, id }) => [`${cell} ${seed}`, id]));
    for (const { id, cell, seed } of own) {
      const newest = last.get(`${cell} ${seed}`);
      if (newest !== undefined && newest !== id)
        throw new Problem(
          'usage',
          `The run ${id} has been repeated: ${newest} is the last run of its cell and seed.`,
        );
      if (!asked.get(cell)?.includes(seed))
        throw new Problem(
          'usage',
          `The file of the study "${study}" does not name the cell or the seed of the run ${id} any more.`,
        );
    }
  }
}

function endOf({
  skipped,
  state,
  failure,
}: Pick<RunRecord, 'skipped' | 'state' | 'failure'>): RepeatedRun['end'] {
  if (skipped || state === 'cancelled') return null;
  if (state === 'interrupted') return 'interrupted';
  return failure?.code === 'loss-not-finite' ? 'diverged' : 'failed';
}
