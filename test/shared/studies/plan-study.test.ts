import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measuredTimes } from '../../../src-shared/runs/measured-times.ts';
import { planStudy, type StudyToPlan } from '../../../src-shared/runs/plan-study.ts';
import { histogramText, timeText, totalText } from '../../../src-shared/runs/plan-text.ts';
import type { RunRow } from '../../../src-shared/runs/run-row.ts';
import {
  planSeeds,
  powerText,
  seedNotes,
  seedsNeededText,
  type SeedQuestion,
} from '../../../src-shared/statistics/seed-plan.ts';
import { histogramSteps, recordingsOf } from '../../../src-shared/studies/recordings.ts';
import { readStudy } from '../../../src-shared/studies/read-study.ts';

const TEXT = `study: planned
dataset: shapes
network: { family: squeezenet }
vary: { network.sr: [0.25, 1] }
seeds: 3
extraSeeds: [{ cells: { network.sr: 1 }, seeds: [3] }]
data: { validationShare: 0, trainingLimit: 130 }
training: { epochs: 2, batch: 64, optimizer: adam }
`;
const COST = { parameters: 1000, macs: 5000, sizeBytes: 4800, layersWithWeights: 5, activationBytes: 2000 };

function planned(
  rows: (ids: readonly string[]) => readonly Partial<RunRow>[] = () => [],
  text = TEXT,
): StudyToPlan {
  const reading = readStudy(text);
  assert.ok(reading.ok);
  const { definition, cells } = reading.study;
  const all = rows(cells.map(({ id }) => id)).map((row) => row as RunRow);
  const where = { engine: 'tensorflow-cpu', device: 'CPU', rounding: '' };
  return {
    ...{ definition, data: { trainingCount: 1000, shape: [8, 8, 3] }, retryDiverged: false },
    cells: cells.map((cell) => ({ cell, cost: COST })),
    planJobs: ({ runs }) => ({ jobs: 2, threads: 1, reason: `${runs} runs` }),
    rows: all,
    times: measuredTimes(all, where),
    peaks: new Map(),
    speeds: [
      {
        ...{
          family: 'squeezenet',
          batchNorm: false,
          precision: 'float32',
          batch: 64,
          macs: 5000,
          imagesPerSecond: 26,
          networks: 1,
        },
        ...{ ...where, threads: 1 },
      },
    ],
  };
}

test('work, room and time of each cell and of all missing runs', () => {
  const plan = planStudy(planned());
  assert.deepEqual([plan.runs, plan.missing, plan.jobs.reason], [7, 7, '7 runs']);
  assert.deepEqual(
    plan.cells.map(({ runs }) => runs),
    [3, 4],
  );
  // two whole batches in each of two epochs
  assert.equal(plan.cells[0]?.trainingMacs, 3 * 5000 * 64 * 4);
  // initial and last, none that is best without validation, and Adam's two moments
  assert.equal(plan.cells[0]?.bytes.checkpoints, 2 * 4800 + 2 * 4000);
  assert.equal(plan.bytes.checkpoints, 7 * (2 * 4800 + 2 * 4000));
  assert.equal(plan.seconds, 4 * 10);
});

test('histograms are counted in room and time, at no more steps than there are', () => {
  const plan = planStudy(planned(() => [], `${TEXT}record: { histograms: 3 }\n`));
  // three times, three parts of five layers, in a training of four steps
  assert.equal(plan.cells[0]?.bytes.histograms, 3 * 3 * 5 * 300);
  assert.equal(plan.bytes.histograms, 7 * 3 * 3 * 5 * 300);
  assert.match(histogramText(plan), /lengthen the steps by about 375\.0\u00a0%/);
  assert.equal(histogramText(planStudy(planned())), '');
  const record = recordingsOf({ record: { histograms: 3 } });
  assert.deepEqual([...histogramSteps(record, 10)], [0, 5, 9]);
  assert.deepEqual([...histogramSteps(record, 2)], [0, 1]);
  assert.deepEqual([...histogramSteps({ ...record, histograms: 1 }, 10)], [9]);
  assert.deepEqual([...histogramSteps({ ...record, histograms: 0 }, 10)], []);
});

test('runs that are complete or diverged are not trained again; their time is that of the cell', () => {
  const where = { engine: 'tensorflow-cpu', device: 'CPU', threads: 1, importedFrom: null, openedFrom: null };
  const run = (cell: string | undefined, seed: number, more: Partial<RunRow>): Partial<RunRow> => ({
    ...{ study: 'planned', cell: cell ?? '', seed, state: 'complete', seconds: null, ...where },
    ...{ failure: null, ...more },
  });
  const diverged = { code: 'loss-not-finite', message: '', step: 1 } as const;
  const study = planned(([first, second]) => [
    run(first, 0, { seconds: 20 }),
    run(first, 1, { seconds: 40 }),
    // with other threads it tells nothing of the time, and it is of another study
    run(first, 0, { seconds: 900, threads: 2, study: 'other' }),
    run(second, 0, { state: 'failed', failure: diverged }),
    run(second, 1, { state: 'interrupted' }),
    // a seed that the file does not name
    run(second, 9, {}),
  ]);
  const plan = planStudy(study);
  assert.deepEqual(
    plan.cells.map(({ missing, seconds, timedRuns }) => [missing, seconds, timedRuns]),
    [
      [1, 30, 2],
      [3, 10, 0],
    ],
  );
  assert.equal(plan.seconds, 30);
  assert.equal(planStudy({ ...study, retryDiverged: true }).missing, 5);
});

test('runs of the same cells in another study tell how long they take, and leave nothing out', () => {
  const run = (cell: string | undefined, seconds: number, more: Partial<RunRow> = {}): Partial<RunRow> => ({
    ...{ study: 'other', cell: cell ?? '', seed: 0, state: 'complete', seconds, failure: null },
    ...{ engine: 'tensorflow-cpu', device: 'CPU', threads: 1, importedFrom: null, openedFrom: null, ...more },
  });
  const plan = planStudy(
    planned(([first, second]) => [
      run(first, 4),
      run(first, 6),
      run(second, 7),
      // from a report or another program, of another device, fused, interrupted
      run(second, 900, { openedFrom: 'a report' }),
      run(second, 900, { device: 'GPU:0' }),
      run(second, 900, { fusedWith: ['another'] }),
      run(second, 900, { state: 'interrupted' }),
    ]),
  );
  assert.deepEqual(
    plan.cells.map(({ missing, seconds, timedRuns }) => [missing, seconds, timedRuns]),
    [
      [3, 5, 2],
      [4, 7, 1],
    ],
  );
});

test('where a rule adds seeds the totals are a range, which closes as the first stage ends', () => {
  const text = TEXT.replace('seeds: 3', 'seeds: { until: { halfWidth: 0.5, max: 12, min: 3 } }');
  const plan = planStudy(planned(() => [], text));
  const { cells, most } = plan;
  // the extra seed of the second cell is among those that the rule adds, if it adds all
  assert.deepEqual([plan.runs, most?.runs, cells.map(({ open }) => open)], [7, 24, [9, 8]]);
  assert.deepEqual([plan.seconds, most?.seconds], [4 * 10, (24 * 10) / 2]);
  assert.equal(most?.bytes.checkpoints, 24 * (2 * 4800 + 2 * 4000));
  assert.equal(
    totalText(plan, ({ runs }) => runs, String),
    '7 to 24',
  );
  assert.equal(timeText(plan), 'about 40 s to 2 min');
  const run = (cell: string | undefined, seed: number, testAccuracy: number): Partial<RunRow> => ({
    ...{ study: 'planned', cell: cell ?? '', seed, state: 'complete', seconds: null, failure: null },
    metrics: { testAccuracy } as RunRow['metrics'],
  });
  const rows = ([first]: readonly string[]): readonly Partial<RunRow>[] =>
    [0.5, 0.504, 0.508].map((accuracy, seed) => run(first, seed, accuracy));
  const later = planStudy(planned(rows, text));
  // t(2) = 4.303, so that (4.303 x 0.4 / 0.5)² = 11.8 seeds are needed: all 12
  assert.deepEqual(
    later.cells.map(({ runs, missing, open }) => [runs, missing, open]),
    [
      [12, 9, 0],
      [4, 4, 8],
    ],
  );
  assert.equal(planStudy(planned()).most, null);
});

const QUESTION: SeedQuestion = {
  ...{ isPaired: true, alpha: 0.05, comparisons: 1, difference: 1, power: 0.8, margin: null, seeds: 8 },
};

test('seeds are planned for each deviation; too few have a note and no power', () => {
  const [small, large] = planSeeds({ ...QUESTION, margin: 1 }, [0.5, 2]);
  assert.ok(small && large);
  assert.ok(small.power > 0.99 && large.power < 0.3);
  // TTestPower of statsmodels: 33.37 pairs for an effect of 0.5
  assert.deepEqual([small.seedsNeeded, large.seedsNeeded], [6, 34]);
  assert.ok((small.equivalence?.power ?? 0) > 0.98);
  assert.equal(planSeeds({ ...QUESTION, seeds: 1 }, [1])[0]?.power, 0);
  assert.equal(planSeeds({ ...QUESTION, seeds: 5 }, [1])[0]?.smallestDifference, null);
  assert.match(
    seedNotes({ ...QUESTION, seeds: 5 }).join(' '),
    /With 5 seeds nothing can be significant.* takes 6 seeds/,
  );
  assert.match(seedNotes({ ...QUESTION, seeds: 1 }).join(' '), /With 1 seed nothing/);
  assert.deepEqual([0, 0.8, 0.99949, 0.9995, 1].map(powerText), [
    '0.0\u00a0%',
    '80.0\u00a0%',
    '99.9\u00a0%',
    '> 99.9\u00a0%',
    '> 99.9\u00a0%',
  ]);
  assert.deepEqual([6, 1000, null].map(seedsNeededText), ['6', '1,000', 'more than 1,000']);
  assert.match(
    seedNotes({ ...QUESTION, comparisons: 4 }).join(' '),
    /4 comparisons at 0\.05 together.* at 0\.0125/,
  );
});
