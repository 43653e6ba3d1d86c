import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeLabels } from '../../../src-shared/charts/place-labels.ts';
import { shortCount } from '../../../src-shared/numbers.ts';
import { textWidth } from '../../../src-shared/charts/text-width.ts';

const frame = { left: 0, top: 0, width: 400, height: 300 };

test('labels of crowded anchors cover neither each other nor the obstacles', () => {
  const anchors = Array.from({ length: 30 }, (_, index) => ({
    x: 150 + 4 * index,
    y: 150 - 3 * index,
    text: `label ${index}`,
  }));
  const obstacles = anchors.map(({ x, y }) => ({ left: x - 5, top: y - 5, width: 10, height: 10 }));
  const placed = placeLabels(anchors, obstacles, frame, 10);
  assert.ok(placed.length >= 5 && placed.length < 30, `${placed.length}`);
  const boxes = placed.map(({ x, y, text, align }) => {
    const width = textWidth(text, 10);
    const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
    return { left, right: left + width, top: y - 6.5, bottom: y + 6.5 };
  });
  const others = obstacles.map(({ left, top }) => ({ left, right: left + 10, top, bottom: top + 10 }));
  for (const [index, a] of boxes.entries()) {
    assert.ok(a.left >= 0 && a.right <= 400 && a.top >= 0 && a.bottom <= 300);
    for (const b of [...boxes.slice(index + 1), ...others]) {
      const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      assert.ok(apart, `${JSON.stringify(a)} covers ${JSON.stringify(b)}`);
    }
  }
});

test('counts are short', () => {
  assert.deepEqual([640, 1200, 120_000, 1_248_424].map(shortCount), ['640', '1.2 k', '120 k', '1.25 M']);
});
