import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ActiveWork,
  type Course,
  estimateRemaining,
  type FinishedWork,
} from '../../../src-main/scheduler/estimate-remaining.ts';

const work = (kind: string, amount: number, isCold = false) => ({ kind, amount, isCold, group: null });
/** But for rounding. */
const isNearly = (value: number | null, wanted: number): boolean => Math.abs((value ?? NaN) - wanted) < 1e-9;
const IDLE: Course = { waiting: [], active: [], finished: [], jobs: 1 };

test('nothing is said before two seconds of training were measured, however long the start took', () => {
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
  assert.ok(isNearly(estimateRemaining({ ...IDLE, waiting: [work('a', 100)], finished }), 23));
  assert.ok(isNearly(estimateRemaining({ ...IDLE, waiting: [work('b', 50)], finished }), 13));
});

test('what runs of other sizes take for their work is followed as far as it is measured and likely', () => {
  const secondsOf = (finished: readonly FinishedWork[], amount: number): number =>
    estimateRemaining({ ...IDLE, waiting: [work('new', amount)], finished }) ?? NaN;
  const ran = (amount: number, seconds: number): FinishedWork => ({
    ...{ ...work(String(amount), amount), seconds, startSeconds: 0 },
  });
  // a device on which every run lasts as long, whatever it computes: a line through many is believed, through two by half
  const many = [1, 2, 4, 8, 16, 32].map((amount) => ran(amount, 100));
  assert.ok(secondsOf(many, 0.5) > 70 && secondsOf(many, 0.5) < 110, String(secondsOf(many, 0.5)));
  const two = secondsOf(many.slice(-2), 8);
  assert.ok(two > 36 && two < 100, String(two));
  assert.ok(isNearly(secondsOf(many.slice(-1), 8), 25));
});

test('the first start of a trainer is not that of those that follow', () => {
  const active = [{ ...work('a', 100, true), startSeconds: 8, since: { seconds: 10, share: 0.5 } }];
  const waiting = [work('a', 100), work('a', 100)];
  assert.ok(isNearly(estimateRemaining({ ...IDLE, active, waiting }), 10 + 2 * (2 + 20)));
  const finished = [{ ...work('b', 1), seconds: 0.2, startSeconds: 0.5 }];
  assert.ok(isNearly(estimateRemaining({ ...IDLE, active, waiting, finished }), 10 + 2 * (0.5 + 20)));
});

test('the last run ends last, whatever the mean of the runs is', () => {
  const finished = [{ ...work('a', 100), seconds: 10, startSeconds: 0 }];
  const waiting = [work('b', 100), work('b', 100), work('c', 600)];
  // two trainers: 10 and 10 + 60, not 80 / 2
  assert.ok(isNearly(estimateRemaining({ ...IDLE, waiting, finished, jobs: 2 }), 70));
});

test('a run that trains more slowly than its cell did before is not at its end before it is', () => {
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
  // the largest first, as they are trained
  const cells = [7, 5.5, 4, 3.6, 2.8, 2, 1.6, 1.3, 1].map((amount, place) => work(`c${place}`, amount));
  // a part of each step does not depend on its work
  const secondsOf = (amount: number): number => 4 + 3 * amount;
  const waiting = [0, 1, 2].flatMap(() => cells);
  const moments: { time: number; course: Course }[] = [];
  const finished: FinishedWork[] = [];
  // both trainers are ready after some seconds
  const trainers = [5, 6].map((readyAt) => ({
    readyAt,
    run: null as null | (typeof cells)[number],
    trained: 0,
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
        const next = waiting.shift();
        trainer.run = next ? { ...next, isCold: trainer.trained === 0 } : null;
        Object.assign(trainer, { at: time, done: 0, first: 0, trained: trainer.trained + 1 });
      } else if (trainer.first === 0) {
        // the first start of a trainer lasts longer
        if (time - trainer.at >= (trainer.run.isCold ? START : START / 8)) trainer.first = time;
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

test('from the first seconds of training to the end it is right within a factor of 1.5', () => {
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

test('on a machine that gets busier it comes right again', () => {
  const BUSY = 100;
  for (const { time, course, end } of simulate((at) => (at < BUSY ? 1 : 2))) {
    if (time < BUSY + 40 || end - time < 2) continue;
    const off = (estimateRemaining(course) ?? NaN) / (end - time);
    assert(off > 1 / 1.5 && off < 1.5, `off by ${off} after ${time} s`);
  }
});
