import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { FeatureMemory } from '../../../src-main/analysis/feature-memory.ts';
import { FeatureStorage } from '../../../src-main/analysis/feature-storage.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { freeBytes } from '../../../src-main/files/disk-full.ts';

const SHAPES = [
  { layer: 'one', rows: 5, columns: 3 },
  { layer: 'other', rows: 5, columns: 40 },
];

function temporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-features-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('features are the same in memory and on disk, where their files have no names', (context) => {
  const folder = temporaryFolder(context);
  const found = [2 ** 20, 0].map((inMemory) => {
    const features = new FeatureStorage(folder, inMemory).open(SHAPES);
    for (const each of features)
      for (const count of [2, 3])
        each.append(Float32Array.from({ length: count * each.columns }, (_, at) => at / count));
    assert.deepEqual(readdirSync(folder), []);
    const read = features.map((each) => [each.read(), each.readColumns(1, 3), each.readColumns(0, 1)]);
    for (const each of features) each.close();
    return read;
  });
  assert.deepEqual(found[1], found[0]);
  const [, middle] = found[0]?.[0] ?? [];
  assert.deepEqual(
    [...(middle?.values ?? [])],
    [0.5, 1, 2, 2.5, 1 / 3, 2 / 3, 4 / 3, 5 / 3, 7 / 3, 8 / 3].map(Math.fround),
  );
});

test('features that no disk holds are refused with what they need and where, before anything is written', (context) => {
  const folder = temporaryFolder(context);
  const rows = Math.ceil(freeBytes(folder) / 4);
  assert.throws(
    () => new FeatureStorage(folder).open([{ layer: 'conv1', rows, columns: 2 }]),
    (error) =>
      error instanceof Problem &&
      error.code === 'disk-full' &&
      error.message.startsWith(`${folder}: `) &&
      /[GT]B are needed, [\d.]+ [GT]B are free/.test(error.message),
  );
  assert.deepEqual(readdirSync(folder), []);
});

test('a killed process leaves no features behind', (context) => {
  const folder = temporaryFolder(context);
  const program = `
    import { FeatureStorage } from ${JSON.stringify(new URL('../../../src-main/analysis/feature-storage.ts', import.meta.url).href)};
    const [features] = new FeatureStorage(${JSON.stringify(folder)}, 0).open([{ layer: 'a', rows: 2, columns: 1000 }]);
    features.append(new Float32Array(1000));
    process.kill(process.pid, 'SIGKILL');
  `;
  const { signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', program]);
  assert.equal(signal, 'SIGKILL');
  assert.deepEqual(readdirSync(folder), []);
});

test('remembered features outlive who closes them, and are freed only between tasks', async (context) => {
  const storage = new FeatureStorage(temporaryFolder(context), 0);
  const memory = new FeatureMemory(100);
  const get = (key: string) =>
    memory.get(key, () => {
      const features = storage.open([{ layer: 'a', rows: 2, columns: 10 }]);
      features[0]?.append(new Float32Array(20).fill(1));
      return Promise.resolve(features);
    });
  const [first] = await get('first');
  first?.close();
  assert.deepEqual(first?.read().values, new Float32Array(20).fill(1));
  // too much for both
  const [second] = await get('second');
  assert.equal(first?.read().rows, 2);
  memory.closeForgotten();
  assert.throws(() => first?.read(), { code: 'EBADF' });
  assert.equal(second?.read().rows, 2);
});
