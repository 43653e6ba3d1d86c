import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boldCell } from '../../../src-shared/charts/kinds/table/latex.ts';
import type { CellTable } from '../../../src-shared/charts/cells/measured-cell.ts';
import { differencesData } from '../../../src-shared/charts/kinds/differences/data.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { simulatedCells, type Simulation } from './simulated-cells.ts';

/** Small and large test parts, with the spread that networks have on them. */
const PARTS = [
  { images: 37, spread: 0.06 },
  { images: 100, spread: 0.03 },
  { images: 1000, spread: 0.005 },
  { images: 10_000, spread: 0.01 },
] as const;
const SEEDS = [2, 3, 4, 5, 6, 7, 8, 9, 10, 12] as const;
/** Against the first cell, the best on the validation part, and the best on the test part. */
const BASELINES = ['first', 'validation', 'test'] as const;
const REPEATS = 60;

type Baseline = (typeof BASELINES)[number];

function anyClaim(table: CellTable, baseline: Baseline): boolean {
  const { rows } = differencesData(table, baseline === 'first' ? '0' : null);
  return rows.some(({ isSignificant }) => isSignificant);
}

/** Of tables those that call a difference of the margin or more equivalent. */
function wrongEquivalence(table: CellTable, baseline: Baseline, truth: readonly number[]): boolean {
  const { rows, baseline: base } = differencesData(table, baseline === 'first' ? '0' : null, 100 * MARGIN);
  const from = truth[Number(base.cell)] ?? NaN;
  return rows.some(
    ({ cell, equivalence }) =>
      Math.abs((truth[Number(cell)] ?? NaN) - from) > 0.999 * MARGIN &&
      (equivalence?.verdict === 'equivalent' || equivalence?.verdict === 'small difference'),
  );
}

const MARGIN = 0.02;

/** Of tables of cells that do not differ those with a claim, over the numbers of seeds with which there are any. */
function claims(cells: number, baseline: Baseline): { readonly share: number; readonly n: number } {
  const random = randomStream(11, `${cells} ${baseline}`);
  const truth = Array<number>(cells).fill(0.8);
  const found = SEEDS.map((seeds) =>
    PARTS.flatMap((part) => {
      const simulation: Simulation = { truth, seeds, hasValidation: baseline !== 'test', ...part };
      return Array.from({ length: REPEATS }, () => anyClaim(simulatedCells(simulation, random), baseline));
    }),
  );
  const tables = found.filter((some) => some.includes(true)).flat();
  return { share: tables.filter(Boolean).length / Math.max(1, tables.length), n: tables.length };
}

for (const cells of [2, 3, 9]) {
  test(`of ${cells} cells that do not differ, at most 5 % of tables call a difference significant`, () => {
    for (const baseline of BASELINES) {
      const { share, n } = claims(cells, baseline);
      const error = Math.sqrt((0.05 * 0.95) / n);
      assert.ok(n > 0, 'with enough seeds there are claims');
      assert.ok(share <= 0.05 + 3 * error, `${cells} cells against ${baseline}: ${share}`);
    }
  });
}

for (const cells of [2, 3, 9]) {
  test(`of ${cells} cells of which one differs by the margin, at most 5 % of tables call any such difference equivalent`, () => {
    const truth = Array.from({ length: cells }, (_, place) => (place === 0 ? 0.8 + MARGIN : 0.8));
    for (const baseline of BASELINES) {
      const random = randomStream(15, `${cells} ${baseline}`);
      const wrong = [5, 6, 8, 10, 12].flatMap((seeds) =>
        PARTS.slice(1).flatMap((part) => {
          const simulation: Simulation = { truth, seeds, hasValidation: baseline !== 'test', ...part };
          return Array.from({ length: REPEATS }, () =>
            wrongEquivalence(simulatedCells(simulation, random), baseline, truth),
          );
        }),
      );
      const share = wrong.filter(Boolean).length / wrong.length;
      const error = Math.sqrt((0.05 * 0.95) / wrong.length);
      assert.ok(share <= 0.05 + 3 * error, `${cells} cells against ${baseline}: ${share}`);
    }
  });
}

test('with enough seeds cells that hardly differ are called equivalent, and those that differ are not', () => {
  const random = randomStream(16, 'equivalent');
  const simulation = {
    truth: [0.9, 0.901, 0.8],
    seeds: 8,
    images: 10_000,
    hasValidation: true,
    spread: 0.003,
  };
  const verdicts = Array.from({ length: 20 }, () =>
    differencesData(simulatedCells(simulation, random), '0', 2).rows.map(
      ({ equivalence }) => equivalence?.verdict,
    ),
  );
  assert.ok(verdicts.filter(([near]) => near === 'equivalent' || near === 'small difference').length >= 18);
  assert.ok(verdicts.every(([, far]) => far === 'different'));
  const few = differencesData(simulatedCells({ ...simulation, seeds: 3 }, random), '0', 2);
  assert.ok(few.rows.every(({ equivalence }) => equivalence?.verdict === 'undecided'));
  assert.match(few.notes.join(), /no claim of equivalence: .*; 6 in every cell would be needed/);
});

test('a few seeds carry no claim, however clear the difference', () => {
  const random = randomStream(12, 'few seeds');
  for (const seeds of [2, 3, 4, 5]) {
    const simulation = { truth: [0.9, 0.5, 0.4], seeds, images: 1000, hasValidation: true, spread: 0.002 };
    const table = simulatedCells(simulation, random);
    assert.ok(!anyClaim(table, 'first') && !anyClaim(table, 'validation'));
    assert.equal(boldCell(table).cell, null);
    const { rows, notes } = differencesData(table, null);
    assert.ok(
      rows.every(({ p }) => p !== null && p < 0.05),
      'the t test is shown all the same',
    );
    assert.match(notes.join('\n'), /no claim of significance: .*; 7 in every cell would be needed/);
  }
});

test('with enough seeds a clear difference is called significant, and the best is bold', () => {
  const random = randomStream(13, 'many seeds');
  const bold = Array.from({ length: 40 }, () => {
    const simulation = {
      truth: [0.8, 0.84, 0.9, 0.78],
      seeds: 8,
      images: 1000,
      hasValidation: true,
      spread: 0.01,
    };
    return boldCell(simulatedCells(simulation, random)).cell?.id;
  });
  assert.ok(bold.filter((id) => id === '2').length >= 36, bold.join());
});

test('one of two best cells is bold in at most 5 % of tables', () => {
  const random = randomStream(14, 'two best');
  const bold = Array.from({ length: 600 }, (_, place) => {
    const part = { images: 1000, spread: 0.01, hasValidation: place % 2 === 0 };
    const simulation = { truth: [0.9, 0.9, 0.6], seeds: 7 + (place % 4), ...part };
    return boldCell(simulatedCells(simulation, random)).cell;
  });
  const share = bold.filter((cell) => cell !== null).length / bold.length;
  assert.ok(share <= 0.05 + 3 * Math.sqrt((0.05 * 0.95) / 600), `${share}`);
});
