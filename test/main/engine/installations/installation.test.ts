import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import {
  firstSource,
  installHint,
  reinstalling,
} from '../../../../src-main/engine/installations/install-advice.ts';
import {
  listEngines,
  selectedEngine,
  selectEngine,
} from '../../../../src-main/engine/installations/installation.ts';
import { loaderEnvironment } from '../../../../src-main/engine/engines/tensorflow/environment.ts';
import { openEngine } from '../../../../src-main/engine/open-engine.ts';
import { installStaged } from '../../../../src-main/engine/installations/staging.ts';

let home: string;
const override = process.env['KINDLING_ENGINE'];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kindling-engines-'));
  delete process.env['KINDLING_ENGINE'];
});

afterEach(() => {
  rmSync(home, { recursive: true });
  if (override !== undefined) process.env['KINDLING_ENGINE'] = override;
});

function install(name: string, version: string): Promise<unknown> {
  return installStaged(home, name, 0, (folder) => {
    writeFileSync(join(folder, 'binding.node'), '');
    return Promise.resolve({
      engine: 'tensorflow',
      kind: 'cpu' as const,
      version,
      source: 'test',
      binding: 'binding.node',
      libraryPath: ['lib', '/opt/cuda/lib'],
      devices: ['CPU:0'],
    });
  });
}

test('without an engine the message says what to type', () => {
  assert.deepEqual(listEngines(home), []);
  assert.throws(() => selectedEngine(home), {
    name: 'Problem',
    code: 'engine-missing',
    message: /kindling engine install cpu/,
  });
});

test('on a machine with an NVIDIA GPU the engine for it is advised, and an engine is installed again as it was', () => {
  assert.equal(firstSource(true), 'gpu');
  assert.equal(firstSource(false, 'linux'), 'cpu');
  for (const platform of ['win32', 'darwin'] as const) {
    assert.equal(firstSource(false, platform), 'webgpu');
    assert.match(
      installHint(false, platform),
      /install webgpu` for the GPU of this machine, or .*install cpu`/,
    );
  }
  assert.match(installHint(true), /install gpu` for the NVIDIA GPU of this machine, or .*install cpu`/);
  const source = '/opt/tensorflow';
  for (const [name, again] of [
    ['tensorflow-cpu', 'install cpu'],
    ['tensorflow-gpu', 'install gpu'],
    ['tensorflow-package', 'install package'],
    ['javascript', 'install javascript'],
    ['webgpu', 'install webgpu'],
    ['custom', `use ${source}`],
  ] as const)
    assert.equal(reinstalling({ name, source }).command, `kindling engine ${again}`);
});

test('the engine installed last is chosen, until another is', async () => {
  await install('tensorflow-cpu', '2.20.0');
  await install('custom', '2.16.1');
  assert.deepEqual(
    listEngines(home).map(({ name, selected }) => [name, selected]),
    [
      ['custom', true],
      ['tensorflow-cpu', false],
    ],
  );
  selectEngine(home, 'tensorflow-cpu');
  assert.equal(selectedEngine(home).version, '2.20.0');
});

test('KINDLING_ENGINE comes before the choice, and names what is there when it is wrong', async () => {
  await install('tensorflow-cpu', '2.20.0');
  await install('custom', '2.16.1');
  process.env['KINDLING_ENGINE'] = 'tensorflow-cpu';
  assert.equal(selectedEngine(home).name, 'tensorflow-cpu');
  process.env['KINDLING_ENGINE'] = 'tensorflow-gpu';
  assert.throws(() => selectedEngine(home), {
    message: /KINDLING_ENGINE.*tensorflow-gpu.*custom, tensorflow-cpu/,
  });
});

test('paths are absolute, and library folders go in front of the loader’s own', async () => {
  await install('tensorflow-cpu', '2.20.0');
  const engine = selectedEngine(home);
  const folder = join(home, 'engines', 'tensorflow-cpu');
  assert.equal(engine.binding, join(folder, 'binding.node'));
  assert.deepEqual(engine.libraryPath, [join(folder, 'lib'), '/opt/cuda/lib']);
  const [path = ''] = Object.values(loaderEnvironment(engine.libraryPath));
  assert.ok(path.startsWith(`${join(folder, 'lib')}:/opt/cuda/lib`), path);
  assert.deepEqual(loaderEnvironment([]), {});
});

test('an engine.json from before there were other kinds is TensorFlow’s', async () => {
  await install('tensorflow-cpu', '2.20.0');
  const file = join(home, 'engines', 'tensorflow-cpu', 'engine.json');
  const { engine, ...older } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  assert.equal(engine, 'tensorflow');
  writeFileSync(file, JSON.stringify(older));
  assert.equal(selectedEngine(home).engine, 'tensorflow');
});

test('a kind that this version has not is listed, and says what it is when it is to compute', async () => {
  await install('later', '1.0');
  const file = join(home, 'engines', 'later', 'engine.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"tensorflow"', '"metal"'));
  assert.deepEqual(
    listEngines(home).map(({ name }) => name),
    ['later'],
  );
  assert.throws(() => openEngine(selectedEngine(home)), {
    code: 'engine-invalid',
    message: /no kind of engine "metal".*tensorflow/,
  });
});

test('installing again replaces the engine', async () => {
  await install('tensorflow-cpu', '2.20.0');
  await install('tensorflow-cpu', '2.21.0');
  assert.deepEqual(
    listEngines(home).map(({ version }) => version),
    ['2.21.0'],
  );
});

test('a folder without a readable engine.json is no engine', () => {
  for (const name of ['empty', 'damaged']) mkdirSync(join(home, 'engines', name), { recursive: true });
  writeFileSync(join(home, 'engines', 'damaged', 'engine.json'), '{"name": "damaged"');
  assert.deepEqual(listEngines(home), []);
});
