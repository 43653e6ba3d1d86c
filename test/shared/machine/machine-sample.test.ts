import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  during,
  joinSamples,
  keepSample,
  type MachineSample,
  MOST_SAMPLES,
  thinSamples,
} from '../../../src-shared/machine/machine-sample.ts';
import { CARD, sampleAt, TRAINER } from '../../fixtures/machine-samples.ts';

test('of ten hours no more is kept than can be looked at, each sample for as long, and no second is lost', () => {
  const HOURS = 10;
  let kept: MachineSample[] = [];
  let most = 0;
  for (let at = 2; at <= HOURS * 3600; at += 2) {
    kept = keepSample(kept, sampleAt(at, { busyCores: at / 3600 }));
    most = Math.max(most, kept.length);
  }
  assert.ok(most <= MOST_SAMPLES);
  assert.ok(kept.length > MOST_SAMPLES / 2);
  assert.equal(
    kept.reduce((sum, { seconds }) => sum + seconds, 0),
    HOURS * 3600,
  );
  assert.ok(kept.slice(0, -1).every(({ seconds }) => seconds === kept[0]?.seconds));
  // a mean of what rose steadily is what it was in the middle
  for (const { at, seconds, busyCores } of kept.slice(0, -1))
    assert.ok(Math.abs((busyCores ?? 0) - (at / 1000 - seconds / 2 + 1) / 3600) < 1e-6);
});

test('means are of the time, memory is the most, and what one does not tell is the other’s', () => {
  const one = sampleAt(2, { busyCores: null, usedBytes: 9e9, cards: [CARD] });
  const busier = { ...CARD, use: 1, usedBytes: 2e9, watts: null };
  const other = sampleAt(8, {
    ...{ seconds: 6, busyCores: 3, cards: [busier] },
    trainers: [{ ...TRAINER, run: 'b', cores: 2, memoryBytes: 1e8 }, TRAINER],
  });
  const joined = joinSamples(one, other);
  assert.deepEqual([joined.at, joined.seconds, joined.busyCores, joined.usedBytes], [8000, 8, 3, 9e9]);
  assert.deepEqual(joined.trainers, [{ ...TRAINER, run: 'b', cores: 1.75, memoryBytes: 5e8 }, TRAINER]);
  assert.deepEqual(joined.cards, [{ ...CARD, use: 0.875, usedBytes: 4e9, watts: 100 }]);
  assert.deepEqual(joinSamples(other, { ...one, cards: [] }).cards, [busier]);
  const without = joinSamples({ ...one, trainers: [] }, { ...one, trainers: [null] });
  assert.deepEqual(without.trainers, [null]);
});

test('what is on two sides of a pause stays apart, however often a study is paused', () => {
  const morning = sampleAt(10);
  const evening = sampleAt(40_000);
  assert.deepEqual(thinSamples([morning, evening]), [morning, evening]);
  assert.deepEqual(keepSample([morning], sampleAt(12)).length, 2);
  // one that came late is not what the others are kept for
  const late = [2, 4, 6, 8, 10].map((at) => sampleAt(at, at === 4 ? { seconds: 6 } : {}));
  assert.equal(late.reduce<MachineSample[]>((some, sample) => keepSample(some, sample), []).length, 5);
  const rare = Array.from({ length: 1.2 * MOST_SAMPLES }, (_, day) => sampleAt(86_400 * (day + 1)));
  const kept = rare.reduce<MachineSample[]>((some, sample) => keepSample(some, sample), []);
  assert.deepEqual(kept, rare.slice(-MOST_SAMPLES));
});

test('a run has the samples of its time, those that it has a part of included', () => {
  const samples = [2, 4, 6, 8].map((at) => sampleAt(at));
  const time = (seconds: number): string => new Date(1000 * seconds).toISOString();
  const found = (from: number, to: number | null): number[] =>
    during(samples, time(from), to === null ? null : time(to)).map(({ at }) => at / 1000);
  assert.deepEqual(found(3, 5), [4, 6]);
  assert.deepEqual(found(4, 6), [6]);
  assert.deepEqual(found(5, null), [6, 8]);
  assert.deepEqual(during(samples, null, null), []);
});
