import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { StudyProgress } from '../../../src-main/scheduler/study-progress.ts';
import { costStudy } from '../../../src-shared/studies/cost-study.ts';
import type { RunRecord } from '../../../src-shared/studies/run-record.ts';
import { wantedRuns } from '../../../src-shared/studies/wanted-runs.ts';

type Told =
  | readonly [at: number, what: 'claim', run: number, cell: string, seed: number]
  | readonly [at: number, what: 'start' | 'step' | 'epoch', run: number, value: number]
  | readonly [at: number, what: 'finish', run: number]
  | readonly [at: number, what: 'end'];

const PARTS = { training: 3600, validation: 400, test: 1000 };

/** What the time left was said to be, and what it was, each second of a training. */
function replayed(
  file: string,
): { readonly at: number; readonly left: number | null; readonly truth: number }[] {
  const { text, events } = JSON.parse(
    readFileSync(new URL(`../../fixtures/${file}`, import.meta.url), 'utf8'),
  ) as { readonly text: string; readonly events: readonly Told[] };
  const data = { name: 'shapes', shape: [32, 32, 3], classes: 10, trainingCount: 4000 } as const;
  const { definition, cells } = costStudy(text, file, () => data);
  const wanted = wantedRuns(definition, cells, () => definition.seeds);
  const missing = wanted.map(({ cell, seed }) => ({ cell, seed, waiting: null, retryOf: null }));
  const plan = { done: [], given: [], missing, later: 0, obsolete: [] };
  let now = 0;
  const progress = new StudyProgress('demo', cells, plan, PARTS, 2, new Map(), () => 1000 * now);
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
      progress.begin(String(run), cell);
    } else if (what === 'start') course?.start(told[3]);
    else if (what === 'step') course?.reachStep(told[3]);
    else if (what === 'epoch') course?.reachEpoch(told[3]);
    else if (what === 'finish')
      progress.complete({ run: String(run), cell: '', factors: {}, seed: 0 }, {
        metrics: { testAccuracy: null },
      } as RunRecord);
  }
}

/** Seconds at the end in which a few seconds more or less make the factor. */
const LAST = 25;

test('of the demo on a machine that others use the time left is within a factor of 1.5 from ten seconds on', () => {
  const after = replayed('demo-trace.json').filter(({ at, truth }) => at >= 10 && truth >= LAST);
  assert.ok(after.length > 100);
  for (const { at, left, truth } of after) {
    assert.ok(left !== null, `none after ${at} s`);
    assert.ok(left / truth < 1.5 && truth / left < 1.5, `${left} s instead of ${truth} after ${at} s`);
  }
});
