import { duration, percent, whole } from '../../../src-shared/numbers.ts';
import type { RunState } from '../../../src-shared/studies/run-state.ts';
import type { RunRecord } from '../../../src-shared/studies/run-record.ts';
import { isUnasked } from '../../../src-shared/runs/asked.ts';
import { stateText } from '../../../src-shared/runs/going-on-text.ts';
import { indexRuns } from '../../../src-shared/runs/run-index.ts';
import { goesOnAt } from '../../artifacts/resume-files.ts';
import { openToRead } from '../open-to-read.ts';
import { cellText } from '../../../src-shared/studies/factor-text.ts';
import { printJson, printTable } from '../output.ts';

export interface RunListOptions {
  readonly study?: string;
  readonly state?: RunState;
  readonly json?: boolean;
}

/** Prints the runs of a store. @throws Problem of the store */
export async function listRuns(file: string, options: RunListOptions): Promise<void> {
  const store = openToRead(file);
  let runs: RunRecord[];
  let unasked: ReadonlySet<string>;
  let kept: ReadonlyMap<string, number>;
  try {
    // A study that is not there is an error, not an empty list.
    if (options.study !== undefined) store.study(options.study);
    runs = store.runs({
      ...(options.study === undefined ? {} : { study: options.study }),
      ...(options.state === undefined ? {} : { states: [options.state] }),
    });
    kept = new Map(
      runs.flatMap((run): [string, number][] => {
        const step = goesOnAt(store, run);
        return step === null ? [] : [[run.id, step]];
      }),
    );
    const index = indexRuns(store.runTable(runs.map(({ id }) => id)));
    unasked = new Set(index.rows.filter((_, row) => isUnasked(index, row)).map(({ id }) => id));
  } finally {
    store.close();
  }
  if (options.json) {
    printJson(
      runs.map((run) => ({ ...run, asked: !unasked.has(run.id), goesOnAt: kept.get(run.id) ?? null })),
    );
    return;
  }
  const isInterrupted = runs.some(({ interruptions }) => interruptions.length > 0);
  await printTable(
    [
      { title: 'run' },
      { title: 'study' },
      { title: 'factors' },
      { title: 'seed', align: 'right' },
      { title: 'state' },
      ...(isInterrupted ? [{ title: 'interruptions', align: 'right' as const }] : []),
      { title: 'test accuracy', align: 'right' },
      { title: 'parameters', align: 'right' },
      { title: 'time', align: 'right' },
      ...(unasked.size > 0 ? [{ title: 'in the study file' }] : []),
    ],
    runs.map((run) => [
      run.id,
      run.study,
      cellText(run.factors),
      String(run.seed),
      stateText(standing(run, kept.get(run.id))),
      ...(isInterrupted ? [whole(run.interruptions.length)] : []),
      resultText(run.metrics.testAccuracy),
      whole(run.parameters),
      run.seconds === null ? '' : duration(run.seconds),
      ...(unasked.size > 0 ? [unasked.has(run.id) ? 'no' : 'yes'] : []),
    ]),
  );
}

/** 0.8153 as `81.53 %`; empty for null. */
export function resultText(share: number | null): string {
  return share === null ? '' : percent(share, 2);
}

function standing(run: RunRecord, goesOnAt: number | undefined): Parameters<typeof stateText>[0] {
  return goesOnAt === undefined ? run : { ...run, goesOnAt };
}
