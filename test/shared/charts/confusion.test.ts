import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { confusionChart } from '../../../src-shared/charts/kinds/confusion/chart.ts';
import type { ChartStyle } from '../../../src-shared/charts/chart-style.ts';
import type { LeftOutCell } from '../../../src-shared/charts/cells/left-out-cells.ts';
import {
  type ConfusionData,
  confusionData,
  isImage,
} from '../../../src-shared/charts/kinds/confusion/data.ts';
import { layConfusion } from '../../../src-shared/charts/kinds/confusion/layout.ts';
import { matrixLook } from '../../../src-shared/charts/kinds/confusion/matrix-look.ts';
import { matrixImage } from '../../../src-shared/charts/kinds/confusion/matrix-image.ts';
import { mapColour } from '../../../src-shared/charts/palette.ts';
import { textWidth } from '../../../src-shared/charts/text-width.ts';
import { matrices } from './sample-matrices.ts';

/** One column of a paper: points. */
const COLUMN: ChartStyle = {
  ...{
    theme: 'light',
    width: 238.11,
    height: 178.58,
    fontFamily: 'Source Sans 3',
    fontSize: 8,
    lineWidth: 1,
  },
  ...{ interactive: false, title: '', notes: true },
};
const WIDTHS = [85, 238.11, 493.23, 720];

test('matrices lie beside and below each other, never over each other or outside, whatever their number', () => {
  for (const panels of [1, 2, 4, 9, 36])
    for (const classes of [1, 12, 60]) {
      const data = matrices(classes, panels);
      for (const width of WIDTHS) {
        const style = { ...COLUMN, width, height: 0.75 * width };
        const height = confusionChart(data).height(style);
        const { places, bar, labels, labelSize, labelRoom } = layConfusion(data, { ...style, height });
        const what = `${panels} of ${classes} classes in ${width}`;
        for (const [place, { box, title }] of places.entries()) {
          assert.ok(box.left >= labelRoom && box.left + box.width <= bar.left, what);
          assert.ok(box.top >= 0 && box.top + box.height <= height && box.width === box.height, what);
          // its title ends above it, and is as wide as there is room to the next
          const above = places.filter(({ box: other }) => other.top < box.top).map(({ box: other }) => other);
          const room = box.top - Math.max(0, ...above.map((other) => other.top + other.height));
          assert.ok(title.length * 1.3 * 8 <= room, what);
          for (const line of title)
            assert.ok(textWidth(line, 8) <= box.width + 1.2 * 8 || line === '…', what);
          for (const { box: other } of places.slice(0, place)) {
            const beside = other.left + other.width < box.left || box.left + box.width < other.left;
            assert.ok(beside || other.top + other.height < box.top, what);
          }
        }
        assert.ok(bar.left + bar.width < width, what);
        for (const label of labels)
          assert.ok(textWidth(label, labelSize) <= labelRoom || label === '…', what);
      }
    }
});

test('the table of matrices has the left-out runs beside them, and cells without a matrix', () => {
  const leftOut = (cell: string, label: string): LeftOutCell => ({
    ...{ cell, label },
    leftOut: [
      { reason: 'diverged', cell, seed: 1, run: 'a' },
      { reason: 'not begun', cell, seed: 2, run: null },
    ],
  });
  const counts = [
    [3, 1],
    [0, 4],
  ];
  const data = confusionData(
    ['cat', 'dog'],
    ['SR = 0.5', 'SR = 1'].map((label) => ({ run: label, label, counts })),
    { leftOut: [leftOut('b', 'SR = 1'), leftOut('c', 'SR = 2')], notes: [] },
  );
  const { columns, rows } = confusionChart(data).table();
  assert.equal(columns.at(-1), 'left out');
  assert.deepEqual(
    rows.map((row) => row.at(-1)),
    [...Array<string>(4).fill(''), ...Array<string>(5).fill('1 diverged, 1 not begun')],
  );
  assert.deepEqual(rows.at(-1)?.slice(0, 5), ['SR = 2', 0, null, null, null]);
});

test('four matrices of twelve classes at one column have squares whose classes can be named; the chart grows for them', () => {
  const data = matrices(12, 4);
  const height = confusionChart(data).height(COLUMN);
  assert.ok(height > COLUMN.height && height < 80 * 8, `${height}`);
  const { side, places } = layConfusion(data, { ...COLUMN, height });
  assert.ok(side / 12 >= 0.95 * 8, `${side}`);
  assert.deepEqual(
    places.map(({ title }) => title.join(' ')),
    data.panels.map(({ label }) => label),
  );
  // with room in the height that was asked for, it stays
  const wide = { ...COLUMN, width: 720, height: 540 };
  assert.equal(confusionChart(data).height(wide), 540);
  // no matrix is a speck, even if a page is too small for that
  assert.ok(layConfusion(matrices(12, 36), COLUMN).side >= 5 * 8);
});

test('of more than 50 classes, or 6,000 squares, matrices are images, and say so', () => {
  assert.deepEqual([matrices(50, 2), matrices(51, 1), matrices(20, 15), matrices(20, 16)].map(isImage), [
    false,
    true,
    false,
    true,
  ]);
  const note = (data: ConfusionData): string => confusionChart(data).notes.join();
  assert.equal(note(matrices(50, 1)), '');
  assert.equal(
    note(matrices(51, 1)),
    'drawn as images without numbers, because there are more than 50 classes',
  );
  assert.equal(
    note(matrices(20, 16)),
    'drawn as images without numbers, because there are more than 6,000 squares',
  );
  const data = matrices(100, 2);
  const option = confusionChart(data).option(COLUMN);
  const marks = (option['series'] as { data: unknown[] }[]).map((series) => series.data.length);
  assert.deepEqual(marks, [1, 1, 1], 'an image each, and the scale of the colours');
  // as data only what there is: of each true class with images at most itself and the first
  assert.equal(confusionChart(data).table().rows.length, 2 * (98 + 98));
});

test('an image has a square of the colour of its share for every pair of classes', async () => {
  const [panel] = matrices(60, 1).panels;
  assert.ok(panel);
  const { data, info } = await sharp(matrixImage(panel, '#f4f4f4', matrixLook(matrices(60, 1), {})))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const step = info.width / 60;
  assert.ok(info.width === info.height && Number.isInteger(step) && info.channels === 3);
  for (const [row, line] of panel.shares.entries())
    for (const [column, share] of line.entries())
      for (const [down, right] of [
        [0, 0],
        [step - 1, step - 1],
      ] as const) {
        const at = 3 * ((row * step + down) * info.width + column * step + right);
        const colour = `#${data.subarray(at, at + 3).toString('hex')}`;
        assert.equal(colour, share === null ? '#f4f4f4' : mapColour(Math.round(share * 254) / 254));
      }
});

test('1,000 classes are laid, drawn and listed in seconds', () => {
  const data = matrices(1000, 2);
  const start = performance.now();
  const style = { ...COLUMN, height: confusionChart(data).height(COLUMN) };
  confusionChart(data).option(style);
  confusionChart(data).table();
  const seconds = (performance.now() - start) / 1000;
  assert.ok(seconds < 10, `${seconds.toFixed(1)} s`);
});
