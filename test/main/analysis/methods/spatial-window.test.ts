import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { clustersMethod } from '../../../../src-main/analysis/methods/clusters/index.ts';
import { spatialWindowMethod } from '../../../../src-main/analysis/methods/spatial-window/index.ts';
import { salientParts, windowsOf } from '../../../../src-main/analysis/windows/saliency-maps.ts';
import {
  bestWindow,
  cropToWindows,
  salientPart,
  type SaliencyWindows,
  sidesIn,
  windowIn,
} from '../../../../src-main/analysis/windows/saliency-window.ts';
import { mean } from '../../../../src-shared/statistics/interval.ts';
import { runMethod } from '../../../../src-main/analysis/methods/registry.ts';
import { near, resultsOf, valueOf } from '../run-method.ts';
import { CONTROL, smallSubject } from '../small-subject.ts';
import { threeConvolutions } from '../three-convolutions.ts';

interface Reference {
  readonly maps: readonly (readonly number[])[];
  readonly tops: readonly number[];
  readonly lefts: readonly number[];
  /** Mean share that the best windows of sides from 1 on hold. */
  readonly held: readonly number[];
  readonly carried: Readonly<
    Record<string, { window: number; tops: number[]; lefts: number[]; sums: number[] }>
  >;
}

const SIDE = 13;
const file = new URL('../../../fixtures/spatial-window.json', import.meta.url);
const expected = JSON.parse(readFileSync(file, 'utf8')) as Reference;
const maps = expected.maps.map((values) =>
  salientPart({ height: SIDE, width: SIDE, values: Float32Array.from(values) }),
);

test('windows and the shares that they hold are NumPy’s', () => {
  const best = maps.map((map) => bestWindow(map, 7));
  assert.deepEqual(
    best.map(({ top }) => top),
    expected.tops,
  );
  assert.deepEqual(
    best.map(({ left }) => left),
    expected.lefts,
  );
  for (const [at, share] of expected.held.entries())
    near(
      mean(maps.map((map) => bestWindow(map, at + 1).sum / map.values.reduce((sum, each) => sum + each, 0))),
      share,
      1e-6,
    );
  const flat = salientPart({ height: 2, width: 2, values: new Float32Array(4).fill(3) });
  assert.deepEqual([...flat.values], [0, 0, 0, 0]);
});

test('windows are carried to larger layers, and features cut out of them, as NumPy does it', () => {
  const windows: SaliencyWindows = {
    ...{ layer: 'fire9', sides: [SIDE, SIDE], window: 7 },
    centres: Uint16Array.from(
      expected.tops.flatMap((top, image) => [top + 3, (expected.lefts[image] ?? 0) + 3]),
    ),
  };
  for (const [side, { window, tops, lefts, sums }] of Object.entries(expected.carried)) {
    const output = [Number(side), Number(side), 2] as const;
    assert.deepEqual(sidesIn(windows, output), [window, window]);
    for (const [image, top] of tops.entries())
      assert.deepEqual(windowIn(windows, image, output), {
        ...{ top, left: lefts[image], height: window, width: window },
      });
    const size = output[0] ** 2 * 2;
    const features = Float32Array.from({ length: tops.length * size }, (_, at) => (at * 37) % 1009);
    // in two parts, as passes give them
    const cut = [0, 3].map((first) =>
      cropToWindows(
        windows,
        output,
        features.subarray(first * size, first === 0 ? 3 * size : undefined),
        first,
      ),
    );
    const shown = cut.flatMap((each) => [...each]);
    const columns = window ** 2 * 2;
    for (const [image, sum] of sums.entries())
      assert.equal(
        shown
          .slice(image * columns, (image + 1) * columns)
          .reduce((total, value, at) => total + value * (at + 1), 0),
        sum,
      );
  }
  assert.deepEqual(sidesIn(windows, [1, 1, 10]), [1, 1]);
});

test('the window of the last layer with places is found in a network, and its clusters are of what it shows', async () => {
  const subject = smallSubject(threeConvolutions(6, 2));
  const { results, files } = await runMethod(
    spatialWindowMethod,
    subject,
    { images: 20, window: 2 },
    CONTROL,
  );
  const [held] = results;
  assert.ok(held?.value !== null && held?.value !== undefined && held.value > 0 && held.value <= 1);
  assert.ok(
    Object.values(held.baselines).every((each) => each === null || each <= (held.value ?? NaN) + 1e-12),
  );
  assert.deepEqual(files.length, 2);
  const parts = await salientParts(subject, 20, () => Promise.resolve());
  const windows = windowsOf(parts, 2);
  const [whole] = await subject.features('trained', 20, 'map', ['c2']);
  const [inside] = await subject.features('trained', 20, windows, ['c2']);
  const output = subject.layers.find(({ name }) => name === 'c2')?.output;
  assert.ok(whole && inside && output);
  assert.deepEqual(inside.read().values, cropToWindows(windows, output, whole.read().values, 0));
  const asked = { images: 20, restarts: 2 };
  const window = await resultsOf(clustersMethod, subject, { ...asked, features: 'window', window: 64 });
  const map = await resultsOf(clustersMethod, subject, { ...asked, features: 'map' });
  for (const layer of ['c1', 'c2', 'c3'])
    near(valueOf(window, layer, 'silhouette'), valueOf(map, layer, 'silhouette') ?? NaN, 1e-9);
});
