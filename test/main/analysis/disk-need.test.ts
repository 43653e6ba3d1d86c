import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import {
  type DiskNeed,
  diskNeed,
  diskText,
  keptFeatures,
  requireDisk,
} from '../../../src-main/analysis/disk-need.ts';
import type { PictureFolder } from '../../../src-main/analysis/images/picture-folder.ts';
import { methodRequests } from '../../../src-main/analysis/method-requests.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { temporaryFolder } from '../store/sample-study.ts';

const graph = resolveNetwork(parseNetwork({ family: 'squeezenet', version: '1.0' }), {
  input: [224, 224, 3],
  classes: 10,
});
const seen = { graph, images: 10_000 };
const layers = graph.layers.filter(({ kind }) => kind !== 'dropout');
const channels = layers.reduce((sum, { output }) => sum + output[2], 0);
const PLENTY = 1e15;

function needOf(method: string, settings: Record<string, string | number>, free = PLENTY): DiskNeed {
  return diskNeed([[seen, methodRequests([method], { images: 10_000, ...settings })]], [], free);
}

const folder: PictureFolder = {
  ...{ folder: '/pictures', classes: null, grey: 'convert', outputs: [0, 1], named: ['a', 'b'] },
  ...{ fingerprint: '', remarks: [], size: { shape: [224, 224, 3], shortSide: 256 } },
  pictures: Array.from({ length: 10_000 }, (_, at) => ({ file: `${at}.png`, label: at % 2 })),
};

test('grids take 16 numbers a channel and image, with both weights; averages stay in memory', () => {
  assert.deepEqual(needOf('clusters', { features: 'grid' }).features, 2 * 4 * 16 * channels * 10_000);
  assert.deepEqual(needOf('spatial', {}).features, 2 * 4 * 16 * channels * 10_000);
  assert.deepEqual(needOf('clusters', {}), { pictures: 0, features: 0, least: 0 });
  assert.deepEqual(needOf('top-images', {}), { pictures: 0, features: 0, least: 0 });
  // of the images that there are
  const few = diskNeed(
    [[{ graph, images: 500 }, methodRequests(['clusters'], { images: 10_000, features: 'grid' })]],
    [],
    PLENTY,
  );
  assert.equal(few.features, 0);
});

test('windows grow with the layers: of the largest 7 * 224 / 2 / 13 places, as near as whole windows come', () => {
  // conv1: 109 x 109, 8 times 13 rounded, so 56 places, one more as that is even
  const first = layers.find(({ name }) => name === 'conv1')?.output;
  assert.deepEqual(first, [109, 109, 96]);
  const { least } = needOf('clusters', { features: 'window', images: 1000 });
  assert.equal(least, 2 * 4 * 57 * 57 * 96 * 1000);
});

test('with less room fewer layers are looked at together, and never less than one', () => {
  const most = layers.reduce((largest, { output }) => Math.max(largest, output[2]), 0);
  const little = needOf('clusters', { features: 'grid' }, 4e9);
  assert.ok(little.features <= 2e9, String(little.features));
  assert.equal(needOf('clusters', { features: 'grid' }, 0).least, 2 * 4 * 16 * most * 10_000);
});

test('what stays is counted once: decoded pictures, and features of the layers that are named', () => {
  assert.equal(diskNeed([], [folder], PLENTY).pictures, 10_000 * 224 * 224 * 3);
  assert.equal(keptFeatures(seen, 10_000, 'average', []), 4 * channels * 10_000);
  assert.equal(keptFeatures(seen, 100, 'average', ['fire2/squeeze']), 4 * 16 * 100);
});

test('what does not fit is refused with what can be done, before anything is computed', (context: TestContext) => {
  const home = temporaryFolder(context);
  requireDisk(home, { pictures: 0, features: 1e18, least: 0 });
  const need = { pictures: 1e18, features: 0, least: 1e17 };
  assert.throws(() => requireDisk(home, need), {
    code: 'disk-full',
    message:
      /: 2000000000 GB are needed .* are free; nothing was computed\. Free some space, look at fewer images/,
  });
  assert.match(
    diskText(home, { pictures: 1.5e9, features: 8.2e9, least: 0 }) ?? '',
    /: 1\.5 GB of decoded pictures \(twice as much while they are read\), up to 8\.2 GB of features for a while; .* free\.$/,
  );
  assert.equal(diskText(home, { pictures: 1e6, features: 0, least: 0 }), null);
});
