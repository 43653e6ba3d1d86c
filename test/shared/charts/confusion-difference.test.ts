import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ChartStyle } from '../../../src-shared/charts/chart-style.ts';
import { confusionChart } from '../../../src-shared/charts/kinds/confusion/chart.ts';
import type { ConfusionData } from '../../../src-shared/charts/kinds/confusion/data.ts';
import { confusionDifference } from '../../../src-shared/charts/kinds/confusion/difference.ts';
import { matrixLook } from '../../../src-shared/charts/kinds/confusion/matrix-look.ts';
import { squareText } from '../../../src-shared/charts/kinds/confusion/square-text.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';

interface Fixture {
  readonly counts: Readonly<Record<'a' | 'b', readonly (readonly (readonly number[])[])[]>>;
  readonly difference: readonly (readonly number[])[];
  readonly p: readonly (readonly number[])[];
  readonly adjusted: readonly (readonly number[])[];
}
const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/confusion-difference.json', import.meta.url), 'utf8'),
) as Fixture;
const CLASSES = ['ant', 'bee', 'cow', 'dog'];
const NONE = { leftOut: [], notes: [] };

function matrixOf(id: 'a' | 'b', seeds: number) {
  const runs = fixture.counts[id].slice(0, seeds);
  return {
    ...{ id, label: `cell ${id}` },
    runs: runs.map((counts, seed) => ({ run: `${id}${seed}`, seed, counts })),
  };
}

function differenceOf(seeds: number, from = 'a'): ConfusionData {
  const matrices = [matrixOf('a', seeds), matrixOf('b', seeds)];
  return confusionDifference(CLASSES, matrices, from, () => undefined, NONE);
}

const near = (one: number | null | undefined, other: number | undefined): boolean =>
  typeof one === 'number' &&
  other !== undefined &&
  Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(other));

test('differences of shares, their t tests and Holm’s adjustment are those of SciPy and statsmodels (1e-9)', () => {
  const data = differenceOf(12);
  const [panel] = data.panels;
  for (const [row, line] of fixture.difference.entries())
    for (const [column, difference] of line.entries()) {
      const square = data.difference?.squares[0]?.[row]?.[column];
      assert.ok(near(panel?.shares[row]?.[column], difference), `${row}, ${column}`);
      assert.ok(near(square?.p, fixture.p[row]?.[column]), `${row}, ${column}: ${square?.p}`);
      assert.ok(near(square?.adjustedP, fixture.adjusted[row]?.[column]), `${row}, ${column}`);
      assert.equal(square?.isSignificant, (fixture.adjusted[row]?.[column] ?? 1) < 0.05);
    }
  assert.ok(data.notes.includes('outlined: significant'));
  // from the other one it is the same with the other sign
  const back = differenceOf(12, 'b').panels[0]?.shares[1]?.[1] ?? 0;
  assert.ok(near(back, -(fixture.difference[1]?.[1] ?? 0)));
});

test('few seeds and single runs support no claim, and that is said', () => {
  const few = differenceOf(4);
  const squares = few.difference?.squares.flat(2) ?? [];
  assert.ok(
    squares.some((square) => (square?.p ?? 1) < 0.001),
    'there are differences',
  );
  assert.ok(squares.every((square) => square?.isSignificant === false));
  assert.match(few.notes.join('; '), /no claim of significance: .* 10 in every cell would be needed/);
  const single = differenceOf(1);
  assert.ok(single.difference?.squares.flat(2).every((square) => square?.p === null));
  assert.match(single.notes.join('; '), /of single runs: .* takes several seeds/);
});

test('colours have no difference in their middle, and numbers have signs', () => {
  const data = differenceOf(12);
  const look = matrixLook(data, {});
  assert.equal(look.position(0), 0.5);
  assert.equal(look.scale.low, -look.scale.high);
  const most = Math.max(...(data.panels[0]?.shares.flat() ?? []).map((value) => 100 * Math.abs(value ?? 0)));
  assert.ok(look.scale.high >= most && look.scale.high < 2 * most);
  assert.equal(look.colour(0), '#f7f7f7');
  assert.deepEqual(
    [0.0321, -0.0321, 0.0001].map((value) => squareText(value, look, 60, 12)?.text),
    ['+3.2', '−3.2', undefined],
  );
});

test('the table begins with what differs most, and leaves out pairs that nobody confused', () => {
  const data = differenceOf(12);
  const { columns, rows } = confusionChart(data).table();
  const place = columns.indexOf('difference');
  const sizes = rows.map((row) => Math.abs(row[place] as number));
  assert.deepEqual(
    sizes,
    sizes.toSorted((a, b) => b - a),
  );
  assert.deepEqual(rows[0]?.slice(0, 4), ['cell b', 'cell a', 'bee', 'bee']);
});

test('of many classes the map is an image, and a figure draws it in all its formats', () => {
  const names = Array.from({ length: 200 }, (_, place) => `class ${place}`);
  const counts = (shift: number): number[][] =>
    names.map((_, row) =>
      names.map((__, column) => (column === (row + shift) % 200 ? 5 : column === row ? 45 : 0)),
    );
  const matrices = [1, 2].map((shift) => ({
    ...{ id: `c${shift}`, label: `shift ${shift}` },
    runs: [0, 1, 2].map((seed) => ({ run: `${shift}-${seed}`, seed, counts: counts(shift) })),
  }));
  const chart = confusionChart(confusionDifference(names, matrices, 'c1', () => undefined, NONE));
  const style: ChartStyle = {
    ...{ theme: 'dark', width: 700, height: 500, fontFamily: 'Inter', fontSize: 12, lineWidth: 1.6 },
    ...{ interactive: true, title: '', notes: true },
  };
  const option = chart.option(style);
  const marks = (option['series'] as { data: unknown[] }[]).map((series) => series.data.length);
  assert.deepEqual(marks, [1, 1]);
  assert.equal(chart.table().rows.length, 3 * 200);
  assert.equal(chart.pgfplots?.(style, 'figure').files?.length, 1);
});

test('outlines are told only where there are any: an image has none', () => {
  const notesOf = (size: number): readonly string[] => {
    const names = Array.from({ length: size }, (_, place) => `class ${place}`);
    const matrices = ['a', 'b'].map((id, place) => ({
      ...{ id, label: id },
      runs: Array.from({ length: 20 }, (_, seed) => {
        const counts: number[][] = names.map((_, row) =>
          names.map((__, column) => (row === column ? 100 : 0)),
        );
        const [first] = counts;
        if (first) first[1] = 10 + place * (90 + (seed % 3));
        return { run: `${id}${seed}`, seed, counts };
      }),
    }));
    const data = confusionDifference(names, matrices, 'a', () => undefined, NONE);
    assert.equal(data.difference?.squares[0]?.[0]?.[1]?.isSignificant, true);
    return data.notes;
  };
  assert.ok(notesOf(4).includes('outlined: significant'));
  assert.ok(!notesOf(60).includes('outlined: significant'));
});

test('a base that is not there, or without another one, is told', () => {
  assert.throws(
    () => differenceOf(2, 'x'),
    (error: unknown) => error instanceof Problem && error.message.includes('x'),
  );
  assert.throws(
    () => confusionDifference(CLASSES, [matrixOf('a', 2)], 'a', () => undefined, NONE),
    /another cell/,
  );
});
