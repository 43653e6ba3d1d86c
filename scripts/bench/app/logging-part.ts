import { openStore } from '../../../src-main/store/open-store.ts';
import type { RunPoints, Store } from '../../../src-main/store/store.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { simulateRun } from '../shared/simulate-run.ts';
import { spread } from '../shared/spread.ts';
import type { BenchPart } from './measurement.ts';

/** As the scheduler's buffer writes: what four trainers have sent in half a second. */
const TRAINERS = 4;
const INTERVAL = 500;
/** A step of a small network on a fast card; most take longer, and logging then costs less of them. */
const STEP = 10;
const WRITES = 20;

/** What writing the points of running trainers into the store costs, beside the 10,000 runs that are there. */
export const loggingPart: BenchPart = ({ file, rounds }) => {
  const store = openStore(file, { purpose: 'schedule' });
  try {
    const runs = startRuns(store);
    const perWrite = INTERVAL / STEP;
    const shares = Array.from({ length: rounds }, (_, round) => {
      const first = 1 + round * WRITES * perWrite;
      const writes = Array.from({ length: WRITES }, (__, write) =>
        pointsOf(runs, first + write * perWrite, perWrite),
      );
      const began = performance.now();
      for (const points of writes) store.appendPoints(points);
      const perPoint = (performance.now() - began) / (WRITES * perWrite * TRAINERS);
      return (100 * perPoint) / STEP;
    });
    const name = `write of a point, of a step of ${STEP} ms`;
    return Promise.resolve([{ name, unit: '% of a step', spread: spread(shares), limit: 1 }]);
  } finally {
    store.close();
  }
};

function startRuns(store: Store): string[] {
  const [cell] = store.cells('squeeze-0');
  if (!cell) throw new Error('the big store has no cells');
  const { provenance } = simulateRun(cell.parameters ?? 0, randomStream(0, 'logging'));
  const seeds = Array.from({ length: TRAINERS }, (_, index) => 1000 + index);
  const runs = store.addRuns(
    seeds.map((seed) => ({ study: 'squeeze-0', cell: cell.id, seed, retryOf: null })),
  );
  for (const run of runs) store.startRun(run, { provenance });
  return runs;
}

function pointsOf(runs: readonly string[], first: number, count: number): RunPoints[] {
  const steps = Array.from({ length: count }, (_, index) => ({
    step: first + index,
    loss: 1 / (first + index),
    accuracy: 0.5,
    learningRate: 0.1,
    imagesPerSecond: 12_800,
    dataWaitShare: 0.01,
  }));
  return runs.map((run) => ({ run, steps, epochs: [] }));
}
