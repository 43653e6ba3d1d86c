import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { importNetwork } from '../../../src-main/network-files/import-network.ts';
import { type NetworkImport, networkImportSchema } from '../../../src-shared/networks/import-options.ts';
import { assertComputesTheSame, readComputed } from './torch-networks.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const NARROW = join(FIXTURES, 'torch-networks');

const WANTED: NetworkImport = networkImportSchema.parse({});

const SQUEEZENET = { version: '1.1', baseE: 8, incrE: 8, sr: 0.5, stemFilters: 6 };

const SHUFFLENET = { groups: 2, scale: 0.08 };
const PORTED = { shuffleOrder: 'channels', shufflePlace: 'late', shortcut: 'counted' };

/**
 * By file: the fields of the narrow networks, which no published network has, and those that the file tells by its program
 * or by the names of its layers.
 */
const FILES: readonly (readonly [
  file: string,
  family: string,
  fields: Record<string, unknown>,
  told?: Record<string, unknown>,
])[] = [
  ['squeezenet.pt', 'squeezenet', SQUEEZENET],
  ['squeezenet-wrapped.pt', 'squeezenet', SQUEEZENET],
  ['squeezenet-graph.onnx', 'squeezenet', SQUEEZENET],
  ['mobilenet.safetensors', 'mobilenet-v1', { alpha: 0.0625 }, { activation: 'relu6' }],
  ['mobilenet-graph.onnx', 'mobilenet-v1', { alpha: 0.0625 }],
  ['mobilenet-relu6.onnx', 'mobilenet-v1', { alpha: 0.0625 }, { activation: 'relu6' }],
  ['squeezenet.h5', 'squeezenet', SQUEEZENET],
  ['mobilenet-keras.keras', 'mobilenet-v1', { alpha: 0.0625 }, { activation: 'relu6', padding: 'same' }],
  ['mobilenet-keras.h5', 'mobilenet-v1', { alpha: 0.0625 }, { activation: 'relu6', padding: 'same' }],
  ['shufflenet.pth', 'shufflenet-v1', SHUFFLENET],
  ['shufflenet-graph.onnx', 'shufflenet-v1', SHUFFLENET, PORTED],
];

for (const [file, family, fields, told = {}] of FILES)
  test(`${file} computes what its source computes, layer by layer`, () => {
    const expected = readComputed(join(NARROW, file.replace(/\.\w+$/, '.json')));
    const input = [expected.side, expected.side, 3] as const;
    const network = importNetwork(join(NARROW, file), { ...WANTED, family, fields, input });
    const described: Readonly<Record<string, unknown>> = network.description;
    assert.deepEqual({ ...described, ...fields, ...told }, described);
    assert.equal(Object.keys(told).length === 0 && 'activation' in described, false);
    // only of weights alone is it not known how they are used
    const weightsAlone = [
      ...['mobilenet.safetensors', 'mobilenet-keras.h5', 'shufflenet.pth'],
      ...['squeezenet.pt', 'squeezenet-wrapped.pt'],
    ];
    assert.equal(network.notes.length, Number(weightsAlone.includes(file)));
    // an exporter folds batch norms into kernels, whose outputs PyTorch then never had
    const folded = file.endsWith('.onnx') && family !== 'squeezenet';
    // names of Keras have no points
    const layers = network.layers.map(({ layer, source, norm }) => ({
      layer,
      source: source.replaceAll('__', '.'),
      norm: norm?.replaceAll('__', '.') ?? null,
    }));
    assertComputesTheSame({ ...network, layers: folded ? [] : layers }, expected);
  });

test('that a network has a simple bypass is asked of weights alone, unless it was said', () => {
  const notes = (fields: Record<string, unknown>): readonly string[] =>
    importNetwork(join(NARROW, 'squeezenet.pt'), {
      ...{ ...WANTED, family: 'squeezenet', input: [48, 48, 3] },
      fields: { ...SQUEEZENET, ...fields },
    }).notes;
  assert.match(notes({}).join(), /weights alone.* as squeezenet was published.* with bypass=simple/);
  for (const bypass of ['none', 'simple']) assert.deepEqual(notes({ bypass }), []);
});

test('a program that uses its weights otherwise is refused with what differs', () => {
  const refused = (file: string, options: Partial<NetworkImport>, message: RegExp): void =>
    assert.throws(() => importNetwork(join(NARROW, file), { ...WANTED, ...options }), message);
  const family = 'mobilenet-v1';
  refused(
    'mobilenet-relu6.onnx',
    { family, fields: { alpha: 0.0625, activation: 'relu' } },
    /computes otherwise.*\n.*has relu6 behind it, conv1 of the network relu\n/,
  );
  refused(
    'mobilenet-keras.keras',
    { family, fields: { alpha: 0.0625, padding: 'even' } },
    /conv1 has a window of 3x3, stride 2, padding 0 1 0 1 .* of the network .* padding 1 1 1 1/,
  );
  // there Keras's own padding is no longer TensorFlow's
  refused(
    'mobilenet-keras.keras',
    { family, fields: { alpha: 0.0625 }, input: [48, 48, 3] },
    /conv_dw_12 has a window of/,
  );
  refused(
    'shufflenet-graph.onnx',
    { family: 'shufflenet-v1', fields: { ...SHUFFLENET, shuffleOrder: 'groups' } },
    /shuffles \d+ groups, .* 2\n/,
  );
  refused(
    'shufflenet-graph.onnx',
    { family: 'shufflenet-v1', fields: { ...SHUFFLENET, shufflePlace: 'early' } },
    /stands behind stage2\/unit1\/depthwise, stage2\/unit1\/shuffle of the network behind stage2\/unit1\/compress\n/,
  );
  refused(
    'squeezenet-graph.onnx',
    { family: 'squeezenet', fields: { ...SQUEEZENET, bypass: 'simple' } },
    /0 layers of addition, the network 4/,
  );
  refused(
    'squeezenet-excited.onnx',
    { family: 'squeezenet', fields: SQUEEZENET },
    /only in the file: features\.13\.fc1 \[1, 1, 32, 8\], features\.13\.fc2 .*\n.* is the operation Mul, which no network here has/,
  );
});

const python = process.env['KINDLING_PYTHON'] ?? 'python3';
const torchThere = spawnSync(python, ['-c', 'import torch, torchvision, safetensors']).status === 0;

describe(
  'networks of the published sizes, which say themselves what they are',
  { skip: torchThere ? false : `${python} has no torch, torchvision and safetensors` },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'kindling-torch-networks-'));
    after(() => rmSync(folder, { recursive: true }));

    test('each computes what PyTorch computes, layer by layer', () => {
      const made = spawnSync(python, [join(FIXTURES, 'torch-networks.py'), folder, '--full']);
      assert.equal(made.status, 0, made.stderr.toString());
      for (const [file, description] of [
        ['squeezenet-1.0.pt', { family: 'squeezenet', version: '1.0' }],
        ['squeezenet-1.1.safetensors', { family: 'squeezenet', version: '1.1' }],
        ['alexnet.pt', { family: 'alexnet', towers: 1 }],
        ['mobilenet-v1.pt', { family: 'mobilenet-v1', alpha: 1, activation: 'relu6' }],
        ['shufflenet-v1.pt', { family: 'shufflenet-v1', groups: 3, scale: 1 }],
        ['shufflenet-authors.pt', { family: 'shufflenet-v1', groups: 3, scale: 1, ...PORTED }],
      ] as const) {
        const expected = readComputed(join(folder, file.replace(/\.\w+$/, '.json')));
        const input = [expected.side, expected.side, 3] as const;
        const network = importNetwork(join(folder, file), { ...WANTED, input });
        assert.deepEqual({ ...network.description, ...description }, network.description, file);
        assertComputesTheSame(network, expected);
      }
    });
  },
);
