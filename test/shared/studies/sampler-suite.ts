import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Factors } from '../../../src-shared/studies/cell.ts';
import type { Sampler, SearchSpace } from '../../../src-shared/studies/samplers/sampler.ts';

const VALUES = [0.125, 0.25, 0.5, 0.75, 1];
const SPACE: SearchSpace = {
  vary: {
    'network.sr': VALUES,
    'network.bypass': ['none', 'simple'],
    'training.augment': [[], ['flip'], ['crop', 'flip']],
  },
  listed: [{ 'network.sr': 0.5 }, { 'network.sr': 0.25, 'training.epochs': 3 }, {}],
  ...{ cells: 12, seed: 7 },
};
const EMPTY: SearchSpace = { vary: {}, listed: [], cells: 5, seed: 0 };
/** 10^24 combinations, more than a number can count. */
const HUGE: SearchSpace = {
  ...SPACE,
  vary: Object.fromEntries(
    Array.from({ length: 12 }, (_, place) => [
      `f${place}`,
      Array.from({ length: 100 }, (__, value) => value),
    ]),
  ),
};

/** What the contract of samplers says, for one of them. */
export function testSampler(sampler: Sampler): void {
  const isOfGrid = texts(sampler, SPACE).every((cell) => gridTexts.includes(cell));

  test(`${sampler.name}: the same space gives the same distinct cells, as many as it said`, () => {
    for (const space of [
      SPACE,
      EMPTY,
      { ...SPACE, cells: 1 },
      { ...SPACE, cells: 29 },
      { ...SPACE, cells: 1000 },
    ]) {
      const cells = texts(sampler, space);
      assert.equal(BigInt(cells.length), sampler.count(space));
      assert.equal(new Set(cells).size, cells.length);
      assert.deepEqual(texts(sampler, space), cells);
    }
  });

  test(`${sampler.name}: cells come in the order of the grid or of the list`, () => {
    const cells = texts(sampler, SPACE);
    const order = isOfGrid ? gridTexts : SPACE.listed.map((cell) => JSON.stringify(cell));
    assert.deepEqual(
      cells,
      order.filter((cell) => cells.includes(cell)),
    );
  });

  test(`${sampler.name}: what it is told of its cells changes none that are asked for`, () => {
    const told = sampler.begin(SPACE);
    const cells: Factors[] = [];
    for (let asked = told.ask(); asked.length > 0; asked = told.ask()) {
      cells.push(...asked);
      for (const [place, cell] of asked.entries()) told.tell(cell, place % 2 === 0 ? null : place);
    }
    assert.deepEqual(
      cells.map((cell) => JSON.stringify(cell)),
      texts(sampler, SPACE),
    );
    assert.deepEqual(told.ask(), []);
  });

  if (!sampler.isDrawn) return;

  test(`${sampler.name}: more cells hold the former ones, another seed gives others, enough give the grid`, () => {
    let former: readonly string[] = [];
    for (let cells = 1; cells <= gridTexts.length; cells++) {
      const drawn = texts(sampler, { ...SPACE, cells });
      assert.equal(drawn.length, cells);
      assert.ok(former.every((cell) => drawn.includes(cell)));
      former = drawn;
    }
    assert.deepEqual(former, gridTexts);
    assert.notDeepEqual(texts(sampler, { ...SPACE, seed: 8 }), texts(sampler, SPACE));
  });

  test(`${sampler.name}: of a grid that nobody could list it gives what is wanted, in its order`, () => {
    const drawn = texts(sampler, { ...HUGE, cells: 500 });
    assert.equal(new Set(drawn).size, 500);
    assert.equal(sampler.count({ ...HUGE, cells: 500 }), 500n);
    const padded = drawn.map((cell) =>
      Object.values(JSON.parse(cell) as Factors)
        .map((v) => String(v).padStart(3))
        .join(),
    );
    assert.deepEqual(padded.toSorted(), padded);
  });
}

const gridTexts = VALUES.flatMap((sr) =>
  ['none', 'simple'].flatMap((bypass) =>
    [[], ['flip'], ['crop', 'flip']].map((augment) =>
      JSON.stringify({ 'network.sr': sr, 'network.bypass': bypass, 'training.augment': augment }),
    ),
  ),
);

function texts(sampler: Sampler, space: SearchSpace): string[] {
  const search = sampler.begin(space);
  const cells: Factors[] = [];
  for (let asked = search.ask(); asked.length > 0; asked = search.ask()) cells.push(...asked);
  return cells.map((cell) => JSON.stringify(cell));
}
