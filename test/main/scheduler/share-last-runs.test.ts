import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Lane, shareLastRuns } from '../../../src-main/scheduler/share-last-runs.ts';
import { randomStream } from '../../../src-shared/random.ts';

/** When the last lane ends. */
function endOf(runs: readonly number[], lanes: readonly Lane<number>[], places: readonly number[]): number {
  const ends = lanes.map(({ freeIn, secondsOf }, lane) =>
    runs.reduce((end, run, place) => end + (places[place] === lane ? secondsOf(run) : 0), freeIn),
  );
  return Math.max(...ends);
}

/** Of all ways there are. */
function earliestEnd(runs: readonly number[], lanes: readonly Lane<number>[]): number {
  const ways = Array.from({ length: lanes.length ** runs.length }, (_, way) =>
    runs.map((_, place) => Math.floor(way / lanes.length ** place) % lanes.length),
  );
  return Math.min(...ways.map((places) => endOf(runs, lanes, places)));
}

/** Runs of 1 to 10 s, the largest first, and lanes of unlike speed and start. */
function drawn(seed: number, count: number, trainers: number) {
  const stream = randomStream(seed, 'runs');
  const runs = Array.from({ length: count }, () => 1 + 9 * stream.uniform()).sort((a, b) => b - a);
  const lanes = Array.from({ length: trainers }, (): Lane<number> => {
    const [freeIn, start] = [5 * stream.uniform(), stream.uniform()];
    return { freeIn, secondsOf: (run) => run + start };
  });
  return { runs, lanes };
}

test('ten runs among two trainers, and six among three, end as early as they can', () => {
  for (const [count, trainers] of [
    [10, 2],
    [6, 3],
  ] as const)
    for (let seed = 0; seed < 20; seed++) {
      const { runs, lanes } = drawn(seed, count, trainers);
      const places = shareLastRuns(runs, lanes);
      assert.equal(places.length, count);
      assert.equal(endOf(runs, lanes, places), earliestEnd(runs, lanes), `seed ${seed}`);
    }
});

test('the largest run first would leave one trainer alone at the end', () => {
  const lanes = [0, 0].map((freeIn): Lane<number> => ({ freeIn, secondsOf: (run) => run }));
  // 3 + 2 + 2 and 3 + 2 by the largest first; 6 and 6 at best
  const runs = [3, 3, 2, 2, 2];
  assert.equal(endOf(runs, lanes, shareLastRuns(runs, lanes)), 6);
});

test('many trainers are shared among without trying every way, each run asked of each once', () => {
  const { runs, lanes } = drawn(1, 10, 64);
  let asked = 0;
  const counted = lanes.map(({ freeIn, secondsOf }): Lane<number> => {
    return { freeIn, secondsOf: (run) => (asked++, secondsOf(run)) };
  });
  const places = shareLastRuns(runs, counted);
  assert.equal(new Set(places).size, 10);
  assert.equal(asked, 10 * 64);
});

test('no runs, no lanes', () => {
  const lane: Lane<number> = { freeIn: 0, secondsOf: (run) => run };
  assert.deepEqual(shareLastRuns([], [lane]), []);
  assert.deepEqual(shareLastRuns([1, 1], [lane]), [0, 0]);
});
