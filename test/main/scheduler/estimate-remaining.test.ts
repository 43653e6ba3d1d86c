import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ActiveWork,
  type Course,
  estimateRemaining,
  type FinishedWork,
} from '../../../src-main/scheduler/estimate-remaining.ts';

const work = (cell: string, amount: number) => ({ cell, amount });
const IDLE: Course = { waiting: [], active: [], finished: [], jobs: 1 };

test('nothing is said before two seconds of training were measured, however long the start took (no. 26)', () => {
  const at = (since: ActiveWork['since']) =>
    estimateRemaining({ ...IDLE, active: [{ ...work('a', 100), startSeconds: 16, since }] });
  assert.equal(estimateRemaining({ ...IDLE, waiting: [work('a', 1)] }), null);
  assert.equal(at(null), null);
  assert.equal(at({ seconds: 1, share: 0.01 }), null);
  assert.equal(Math.round(at({ seconds: 2, share: 0.02 }) ?? NaN), 98);
});

test('a cell takes as long as before, another as its work at the measured speed, each after its start', () => {
  const finished = [{ ...work('a', 100), seconds: 20, startSeconds: 3 }];
  // a: 3 + 20 s; b: 3 + 50 of work at 5 a second
  assert.equal(estimateRemaining({ ...IDLE, waiting: [work('a', 100)], finished }), 23);
  assert.equal(estimateRemaining({ ...IDLE, waiting: [work('b', 50)], finished }), 13);
});

test('the last run ends last, whatever the mean of the runs is (no. 26)', () => {
  const finished = [{ ...work('a', 100), seconds: 10, startSeconds: 0 }];
  const waiting = [work('b', 100), work('b', 100), work('c', 600)];
  // two trainers: 10 and 10 + 60, not 80 / 2
  assert.equal(estimateRemaining({ ...IDLE, waiting, finished, jobs: 2 }), 70);
});

test('a run that trains more slowly than its cell did before is not at its end before it is (no. 26)', () => {
  const finished = [{ ...work('a', 100), seconds: 20, startSeconds: 0 }];
  const active = [{ ...work('a', 100), startSeconds: 0, since: { seconds: 40, share: 0.8 } }];
  const left = estimateRemaining({ ...IDLE, active, finished }) ?? 0;
  assert(left > 8 && left < 10.1, String(left));
});

/** A study of nine cells of unlike cost, each with three seeds, on two trainers; told at every second of it. */
function* simulate(
  slower: (time: number) => number,
): Generator<{ time: number; course: Course; end: number }> {
  const START = 4;
  const cells = [1, 1.3, 1.6, 2, 2.8, 3.6, 4, 5.5, 7].map((amount, place) => work(`c${place}`, amount));
  // a part of each step does not depend on its work
  const secondsOf = (amount: number): number => 4 + 3 * amount;
  const waiting = [0, 1, 2].flatMap(() => cells);
  const moments: { time: number; course: Course }[] = [];
  const finished: FinishedWork[] = [];
  // both trainers are ready after some seconds
  const trainers = [5, 6].map((readyAt) => ({
    readyAt,
    run: null as null | (typeof cells)[number],
    at: 0,
    done: 0,
    first: 0,
  }));
  let time = 0;
  const STEP = 0.1;
  for (let tick = 0; waiting.length > 0 || trainers.some(({ run }) => run !== null); tick++) {
    time = tick * STEP;
    for (const trainer of trainers) {
      if (time < trainer.readyAt) continue;
      if (trainer.run === null) {
        trainer.run = waiting.shift() ?? null;
        Object.assign(trainer, { at: time, done: 0, first: 0 });
      } else if (trainer.first === 0) {
        if (time - trainer.at >= START) trainer.first = time;
      } else {
        trainer.done += STEP / secondsOf(trainer.run.amount) / slower(time);
        if (trainer.done < 1) continue;
        finished.push({
          ...trainer.run,
          seconds: time - trainer.first,
          startSeconds: trainer.first - trainer.at,
        });
        trainer.run = null;
      }
    }
    if (tick % 10 !== 0) continue;
    const active = trainers.flatMap(({ run, at, first, done }): ActiveWork[] =>
      run === null
        ? []
        : first === 0
          ? [{ ...run, startSeconds: time - at, since: null }]
          : [{ ...run, startSeconds: first - at, since: { seconds: time - first, share: done } }],
    );
    moments.push({ time, course: { waiting: [...waiting], active, finished: [...finished], jobs: 2 } });
  }
  for (const moment of moments) yield { ...moment, end: time };
}

test('from the first seconds of training to the end it is right within a factor of 1.5 (no. 26)', () => {
  let told = Infinity;
  for (const { time, course, end } of simulate(() => 1)) {
    const left = estimateRemaining(course);
    const wanted = end - time;
    if (left === null || wanted < 2) continue;
    told = Math.min(told, time);
    const off = left / wanted;
    assert(off > 1 / 1.5 && off < 1.5, `${left} instead of ${wanted} after ${time} s`);
  }
  assert(told <= 12, `told only after ${told} s`);
});

test('on a machine that gets busier it comes right again (no. 26)', () => {
  const BUSY = 100;
  for (const { time, course, end } of simulate((at) => (at < BUSY ? 1 : 2))) {
    if (time < BUSY + 40 || end - time < 2) continue;
    const off = (estimateRemaining(course) ?? NaN) / (end - time);
    assert(off > 1 / 1.5 && off < 1.5, `off by ${off} after ${time} s`);
  }
});
