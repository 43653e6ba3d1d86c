import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { randomStream } from '../../../src-shared/random.ts';
import type { RunRecord } from '../../../src-shared/studies/run-record.ts';
import { costStudy } from '../../../src-shared/studies/cost-study.ts';
import { simulateRun, type SimulatedRun } from './simulate-run.ts';

/** Raise it when what is generated changes: a store of another version is not used. */
const VERSION = 1;

export interface BigStoreSize {
  readonly studies: number;
  /** Of each study; 200 of its cells with this many runs each. */
  readonly seeds: number;
  /** Of 11 cells instead, and without curves. */
  readonly isSmall?: boolean;
}

/** 10,000 runs with 250 step and 10 epoch points each, a few of them stopped halfway: 2.5 million points. */
export const FULL_SIZE: BigStoreSize = { studies: 10, seeds: 5 };

/** 9,900 runs, as they are after years of small questions. */
export const MANY_STUDIES: BigStoreSize = { studies: 300, seeds: 3, isSmall: true };

const DATA = { name: 'shapes', shape: [32, 32, 3], classes: 10, trainingCount: 8000 } as const;

/**
 * A store as it is after months of work: its numbers are the same on every machine, ids and times are not. It is made
 * once and kept in the system's folder for temporary files; the caller must not write to it (see `cp`).
 *
 * @param onProgress is told the share that is made, from 0 to 1; never if the store is there already.
 * @returns the store's file, in a folder of its own.
 */
export function bigStore(size: BigStoreSize, onProgress: (share: number) => void): string {
  const key = createHash('sha256').update(JSON.stringify({ VERSION, size })).digest('hex').slice(0, 12);
  const folder = path.join(os.tmpdir(), `kindling-bench-store-${key}`);
  const file = path.join(folder, 'kindling.sqlite');
  if (existsSync(file)) return file;
  const unfinished = `${folder}-${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  try {
    const store = openStore(path.join(unfinished, 'kindling.sqlite'), { purpose: 'schedule' });
    try {
      for (let index = 0; index < size.studies; index++) {
        addStudy(store, index, size, (share) => onProgress((index + share) / size.studies));
      }
    } finally {
      store.close();
    }
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return file;
}

/** Four factors: 10 x 5 x 2 x 2 cells. */
function studyText(index: number, seeds: number): string {
  return `study: squeeze-${index}
dataset: shapes
network: { family: squeezenet, stem: small, batchNorm: true, stemFilters: ${16 + 4 * index}, baseE: 32, incrE: 16 }
vary:
  network.sr: [0.05, 0.1, 0.125, 0.2, 0.25, 0.4, 0.5, 0.6, 0.75, 1.0]
  network.pct3x3: [0, 0.25, 0.5, 0.75, 1]
  network.bypass: [none, simple]
  training.learningRate: [0.05, 0.1]
seeds: ${seeds}
training: { epochs: 10, batch: 256, augment: [crop, flip] }
`;
}

/** One factor: 11 cells. */
function smallStudyText(index: number, seeds: number): string {
  return `study: question-${index}
dataset: shapes
network: { family: squeezenet, stem: small, stemFilters: ${4 + index} }
vary:
  network.sr: [0.05, 0.1, 0.125, 0.2, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 1.0]
seeds: ${seeds}
`;
}

function addStudy(
  store: Store,
  index: number,
  { seeds, isSmall = false }: BigStoreSize,
  onProgress: (share: number) => void,
): void {
  const text = (isSmall ? smallStudyText : studyText)(index, seeds);
  const { definition, cells } = costStudy(text, `squeeze-${index}.yaml`, () => DATA);
  store.saveStudy({ definition, text, dataHash: 'f'.repeat(64), cells });
  for (const [place, cell] of cells.entries()) {
    const runs = store.addRuns(
      definition.seeds.map((seed) => ({ study: definition.name, cell: cell.id, seed, retryOf: null })),
    );
    for (const [position, run] of runs.entries()) {
      const seed = definition.seeds[position] ?? 0;
      const stream = randomStream(seed, definition.name, cell.id);
      const simulated = simulateRun(cell.parameters, stream);
      train(store, run, isSmall ? { ...simulated, steps: [], epochs: [] } : simulated);
    }
    annotate(store, runs, place);
    onProgress((place + 1) / cells.length);
  }
}

/** What the scheduler would tell the store of one training. */
function train(store: Store, run: RunRecord['id'], simulated: SimulatedRun): void {
  const { provenance, training, steps, epochs, end } = simulated;
  store.startRun(run, { provenance });
  store.noteTraining(run, training);
  store.appendPoints([{ run, steps, epochs }]);
  if (end.state === 'complete') store.completeRun(run, end.result);
  else if (end.state === 'failed') store.failRun(run, end.failure);
  else store.endRun(run, 'interrupted');
}

/** Some notes and tags, as people leave them. */
function annotate(store: Store, runs: readonly string[], place: number): void {
  if (place % 10 === 0) store.annotate(runs, { addTags: ['paper', `table ${1 + (place % 3)}`] });
  const [first] = runs;
  if (first !== undefined && place % 25 === 0) store.annotate([first], { note: 'the curve to show' });
}
