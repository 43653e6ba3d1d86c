import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadedModules } from '../loaded-modules.ts';
import { kindling } from './command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'kindling-cli-'));
after(() => rmSync(folder, { recursive: true }));

const DESCRIBE = ['network', 'describe', '--family', 'squeezenet'];

interface Described {
  readonly parameters: number;
  readonly macs: number;
  readonly sizeBytes: number;
  readonly activationBytes: number;
  readonly layers: readonly Record<string, unknown>[];
  readonly layersWithWeights: number;
}

function describe(...parameters: string[]): Described {
  const { status, stdout, stderr } = kindling([...DESCRIBE, ...parameters, '--json']);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as Described;
}

test('the published network has the published number of parameters', () => {
  // Iandola et al. 2016: SqueezeNet 1.0 and 1.1 as in torchvision.
  assert.equal(describe().parameters, 1_248_424);
  assert.equal(describe('--set', 'version=1.1').parameters, 1_235_496);
});

test('totals are the sums of the layers, and each layer has its figures', () => {
  const described = describe(
    '--set',
    'sr=0.25',
    '--set',
    'classes=10',
    '--set',
    'stem=small',
    '--input',
    '32x32x3',
  );
  for (const key of ['parameters', 'macs'] as const) {
    assert.equal(
      described[key],
      described.layers.reduce((sum, layer) => sum + Number(layer[key]), 0),
    );
  }
  assert.equal(described.sizeBytes, 4 * described.parameters);
  for (const layer of described.layers) {
    for (const key of ['name', 'role', 'parameters', 'macs', 'output', 'receptiveField'])
      assert.ok(key in layer, key);
  }
});

test('a readable table is printed without --json, and counts the layers that it lists', () => {
  const { stdout } = kindling(DESCRIBE);
  const { layers, layersWithWeights } = describe();
  const [, table = ''] = stdout.split('\n\n');
  assert.equal(table.trim().split('\n').length - 1, layers.length);
  assert.equal(layersWithWeights, layers.filter(({ parameters }) => Number(parameters) > 0).length);
  assert.match(stdout, new RegExp(`^layers +${layers.length}, ${layersWithWeights} with weights$`, 'm'));
  assert.match(stdout, /layer +role +output +parameters +MACs +receptive field/);
  assert.match(stdout, /size +4\.99 MB \(4\.76 MiB\)/);
});

test('a description loads neither TensorFlow nor SQLite nor charts', async (context) => {
  const modules = await loadedModules(context, (nodeOptions) => {
    assert.equal(kindling([...DESCRIBE, '--json'], {}, nodeOptions).status, 0);
  });
  assert.match(modules, /networks\/costs\.ts/);
  assert.doesNotMatch(modules, /@tensorflow|better-sqlite3|echarts|sharp|cli-table3|@stdlib|cli\/study/);
});

test('an input that is no size is a usage error', () => {
  const { status, stderr } = kindling([...DESCRIBE, '--input', '32x32']);
  assert.equal(status, 2);
  assert.match(stderr, /--input 32x32: expected height x width x channels/);
});

test('every family lists its fields', () => {
  const families = JSON.parse(kindling(['network', 'families', '--json']).stdout) as {
    family: string;
    fields: { name: string; accepts: string }[];
  }[];
  assert.deepEqual(
    families.map(({ family }) => family),
    ['squeezenet', 'mobilenet-v1', 'shufflenet-v1', 'alexnet'],
  );
  for (const { fields } of families) for (const field of fields) assert.ok(field.accepts !== '', field.name);
});
