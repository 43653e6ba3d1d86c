import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cellWork } from '../../../src-main/scheduler/cell-work.ts';
import { StudyProgress } from '../../../src-main/scheduler/study-progress.ts';
import type { StudyData } from '../../../src-shared/studies/cost-cells.ts';
import { costStudy } from '../../../src-shared/studies/cost-study.ts';
import { NOTHING_OWN } from '../../../src-shared/studies/in-one-step.ts';
import type { RunRecord } from '../../../src-shared/studies/run-record.ts';
import { seedsOfCells } from '../../../src-shared/studies/seeds-of-cells.ts';
import { trainingImages } from '../../../src-shared/studies/training-images.ts';
import { wantedRuns } from '../../../src-shared/studies/wanted-runs.ts';

type Told =
  | readonly [at: number, what: 'claim', run: number, cell: string, seed: number]
  | readonly [at: number, what: 'start' | 'step' | 'epoch', run: number, value: number]
  | readonly [at: number, what: 'finish' | 'fail', run: number]
  | readonly [at: number, what: 'end'];

interface Trace {
  readonly text: string;
  readonly jobs: number;
  /** Runs that went in one step at most, and of each those with which it was trained so; absent where each was trained alone. */
  readonly fused?: number;
  readonly besides?: readonly (readonly number[])[];
  readonly data: StudyData & { readonly testCount: number };
  readonly events: readonly Told[];
}

/** What the time left was said to be, and what it was, each second of a training. */
function replayed(
  file: string,
): { readonly at: number; readonly left: number | null; readonly truth: number }[] {
  const { text, jobs, fused, besides, data, events } = JSON.parse(
    readFileSync(new URL(`../../fixtures/${file}`, import.meta.url), 'utf8'),
  ) as Trace;
  const { definition, cells } = costStudy(text, file, () => data);
  const seedsOf = seedsOfCells(definition);
  const wanted = wantedRuns(definition, cells, ({ factors }) => seedsOf(factors));
  const missing = wanted.map(({ cell, seed }) => ({
    cell,
    seed,
    run: null,
    reached: null,
    shorter: null,
    retryOf: null,
  }));
  const plan = { done: [], given: [], missing, later: 0, obsolete: [] };
  const parts = {
    training: trainingImages(data.trainingCount, definition.data),
    validation: Math.round(data.trainingCount * definition.data.validationShare),
    test: data.testCount,
  };
  let now = 0;
  const progress = new StudyProgress({
    ...{ study: definition.name, cells, plan, parts, jobs, ...(fused && { fused }) },
    workOf: cellWork(parts, data),
    clock: () => 1000 * now,
  });
  const end = events.at(-1)?.[0] ?? 0;
  const found: { at: number; left: number | null; truth: number }[] = [];
  const waiting = [...events];
  for (let second = 1; second < end; second++) {
    for (let next = waiting[0]; next && next[0] <= second; next = waiting[0]) {
      waiting.shift();
      now = next[0];
      tell(next);
    }
    now = second;
    found.push({ at: second, left: progress.event().secondsLeft, truth: end - second });
  }
  return found;

  function tell(told: Told): void {
    const [, what, run = -1] = told;
    const course = progress.course(String(run));
    if (what === 'claim') {
      const cell = cells.find(({ id }) => id === told[3]);
      assert.ok(cell, told[3]);
      const beside = besides?.[run] ?? [];
      const runs = [run, ...beside].sort((one, other) => one - other).map(String);
      const together = beside.length > 0 ? { runs, present: runs, own: NOTHING_OWN } : null;
      progress.begin(String(run), cell, { isCold: run < jobs, fused: together }, null);
    } else if (what === 'fail')
      progress.fail(String(run), { code: 'loss-not-finite', message: '', step: null });
    else if (what === 'start') course?.start(told[3]);
    else if (what === 'step') course?.reachStep(told[3]);
    else if (what === 'epoch') course?.reachEpoch(told[3]);
    else if (what === 'finish')
      progress.complete({ run: String(run), cell: '', factors: {}, seed: 0 }, {
        metrics: { testAccuracy: null },
      } as RunRecord);
  }
}

// in the seconds at the end a few more or less make the factor
for (const [file, about, from, last] of [
  ['demo-trace.json', 'the demo', 10, 10],
  [
    'unlike-trace.json',
    'a study on CIFAR-10 whose cells differ 27-fold in their multiply-accumulates',
    10,
    10,
  ],
  // it lasts for 16 seconds
  [
    'slow-evaluation-trace.json',
    'a study that measures on fourteen times as many images as it trains on',
    5,
    4,
  ],
  ['fused-trace.json', 'seven runs in steps of up to three, of which one diverges', 10, 5],
] as const)
  test(`of ${about} the time left is within a factor of 1.5 from ${from} seconds on`, () => {
    const after = replayed(file).filter(({ at, truth }) => at >= from && truth >= last);
    assert.ok(after.length > 5);
    for (const { at, left, truth } of after) {
      assert.ok(left !== null, `none after ${at} s`);
      assert.ok(left / truth < 1.5 && truth / left < 1.5, `${left} s instead of ${truth} after ${at} s`);
    }
  });
