import assert from 'node:assert/strict';
import { test } from 'node:test';
import { thinLabels } from '../../../src-shared/charts/thin-labels.ts';

const LABELS = Array.from({ length: 10 }, (_, place) => `layer ${place}`);

test('labels with room stay; those that stand too close keep gaps of a line at least', () => {
  assert.deepEqual(thinLabels(LABELS, 9, 8), LABELS);
  for (const spacing of [0.5, 2, 3, 5, 8]) {
    const kept = thinLabels(LABELS, spacing, 8);
    assert.equal(kept.length, LABELS.length);
    assert.equal(kept[0], 'layer 0');
    const places = kept.flatMap((label, place) => (label === '' ? [] : [place]));
    const gaps = places.slice(1).map((place, index) => place - (places[index] ?? 0));
    for (const gap of gaps) assert.ok(gap * spacing >= 1.1 * 8, `${gap} at ${spacing}`);
    // and no more gaps than needed
    for (const gap of gaps) assert.ok((gap - 1) * spacing < 1.1 * 8, `${gap} at ${spacing}`);
  }
});
