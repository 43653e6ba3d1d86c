import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { FeatureExportTask } from '../../../src-main/analysis/export/feature-export.ts';
import { writeFeatures } from '../../../src-main/analysis/export/write-features.ts';
import { specifySubject } from '../../../src-main/analysis/specify-subject.ts';
import { SubjectCache } from '../../../src-main/analysis/subject-cache.ts';
import { poolingOf } from '../../../src-main/analysis/windows/pooling-of.ts';
import { engine } from '../engine/test-engine.ts';
import { analyzedStore } from './analyzed-store.ts';
import { storage } from './test-storage.ts';

const CONTROL = { progress: (): void => undefined, pause: (): Promise<void> => Promise.resolve() };
const LAYERS = 'fire2/squeeze conv10';

function asked(context: TestContext) {
  const { store, runs, dataRoot } = analyzedStore(context);
  const output = mkdtempSync(join(tmpdir(), 'kindling-export-'));
  context.after(() => rmSync(output, { recursive: true, force: true }));
  const subject = specifySubject(store, runs[0] ?? '', { dataRoot, data: null });
  const task = (features: FeatureExportTask['features'], name: string): FeatureExportTask => ({
    ...{
      subject,
      features,
      layers: LAYERS,
      window: 7,
      images: 20,
      weights: 'trained',
      folder: join(output, name),
    },
  });
  const features = new SubjectCache(engine, CONTROL.pause, storage).subject(subject);
  return { output, task, features };
}

/** What a NumPy file says of itself, and its float32 numbers. */
function readNpy(file: string) {
  const bytes = readFileSync(file);
  assert.equal(bytes.subarray(0, 8).toString('latin1'), '\x93NUMPY\x01\x00');
  const begin = 10 + bytes.readUInt16LE(8);
  assert.equal(begin % 64, 0);
  const header = bytes.subarray(10, begin).toString('latin1');
  assert.ok(header.endsWith('\n'));
  const shape = /'shape': \(([\d, ]+)\)/.exec(header)?.[1]?.split(',').filter(Boolean).map(Number);
  const values = Uint8Array.from(bytes.subarray(begin)).buffer;
  return { header, shape, values };
}

test('features are exported as NumPy files that hold what is computed, with labels and descriptions', async (context) => {
  const { output, task, features } = asked(context);
  for (const [kind, pooling, axes] of [
    ['average', 'average', 1],
    ['grid', '4x4', 3],
    ['map', 'map', 3],
    ['window', 'window', 3],
  ] as const) {
    const shares: number[] = [];
    const asks = task(kind, kind);
    const found = await writeFeatures(asks, engine, { ...CONTROL, progress: (share) => shares.push(share) });
    assert.equal(shares.at(-1), 1);
    assert.equal(found.layers, 2);
    const set = features.evaluationSet(20);
    const pooled = pooling === 'window' ? await poolingOf(features, asks, CONTROL.pause) : pooling;
    for (const each of await features.features('trained', 20, pooled, LAYERS.split(' '))) {
      const { header, shape, values } = readNpy(join(asks.folder, `${each.layer.replace('/', '-')}.npy`));
      assert.match(header, /'descr': '<f4', 'fortran_order': False/);
      assert.equal(shape?.length, 1 + axes);
      assert.equal(
        shape?.reduce((product, extent) => product * extent, 1),
        each.rows * each.columns,
      );
      assert.deepEqual(new Float32Array(values), each.read().values);
    }
    const labels = readNpy(join(asks.folder, 'labels.npy'));
    assert.deepEqual(new Uint16Array(labels.values), set.labels);
    const lines = readFileSync(join(asks.folder, 'files.txt'), 'utf8').trimEnd().split('\n');
    assert.deepEqual(
      lines,
      Array.from(set.indices, (index) => `shapes:test:${index}`),
    );
    const about = JSON.parse(readFileSync(join(asks.folder, 'features.json'), 'utf8')) as {
      layers: { file: string; shape: number[] }[];
    };
    for (const { file, shape } of about.layers)
      assert.deepEqual(readNpy(join(asks.folder, file)).shape, shape);
  }
  assert.deepEqual(readdirSync(output).toSorted(), ['average', 'grid', 'map', 'window']);
});

test('an export that is cancelled or asks for a layer that is not there leaves nothing', async (context) => {
  const { output, task } = asked(context);
  const pause = (): Promise<void> => Promise.reject(new Error('cancelled'));
  await assert.rejects(writeFeatures(task('map', 'whole'), engine, { ...CONTROL, pause }), /cancelled/);
  await assert.rejects(writeFeatures({ ...task('map', 'whole'), layers: 'fire99' }, engine, CONTROL), {
    code: 'not-found',
  });
  assert.deepEqual(readdirSync(output), []);
});

const python = process.env['KINDLING_PYTHON'] ?? 'python3';
const hasNumPy = spawnSync(python, ['-c', 'import numpy']).status === 0;

test(
  'NumPy maps the exported files into memory',
  { skip: hasNumPy ? false : `${python} has no numpy` },
  async (context) => {
    const { task } = asked(context);
    const asks = task('map', 'mapped');
    await writeFeatures(asks, engine, CONTROL);
    const program = `
import numpy, sys
x = numpy.load(sys.argv[1] + '/fire2-squeeze.npy', mmap_mode='r')
y = numpy.load(sys.argv[1] + '/labels.npy')
print(type(x).__name__, x.dtype, x.ndim, x.shape[0] == len(y), float(x.sum(dtype='float64')))`;
    const { stdout, stderr } = spawnSync(python, ['-c', program, asks.folder], { encoding: 'utf8' });
    assert.match(stdout, /^memmap float32 4 True /, stderr);
    const values = new Float32Array(readNpy(join(asks.folder, 'fire2-squeeze.npy')).values);
    const sum = values.reduce((total, value) => total + value, 0);
    assert.ok(Math.abs(Number(stdout.split(' ').at(-1)) - sum) <= 1e-9 * Math.abs(sum));
    assert.ok(existsSync(asks.folder));
  },
);
