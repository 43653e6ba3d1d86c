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

/** By file: the fields of the narrow networks, which no published network has. */
const FILES: readonly (readonly [file: string, family: string, fields: Record<string, unknown>])[] = [
  ['squeezenet.pt', 'squeezenet', SQUEEZENET],
  ['squeezenet-wrapped.pt', 'squeezenet', SQUEEZENET],
  ['squeezenet-graph.onnx', 'squeezenet', SQUEEZENET],
  ['mobilenet.safetensors', 'mobilenet-v1', { alpha: 0.0625 }],
  ['mobilenet-graph.onnx', 'mobilenet-v1', { alpha: 0.0625 }],
  ['squeezenet.h5', 'squeezenet', SQUEEZENET],
  ['mobilenet.keras', 'mobilenet-v1', { alpha: 0.0625 }],
  ['mobilenet.h5', 'mobilenet-v1', { alpha: 0.0625 }],
  ['shufflenet.pth', 'shufflenet-v1', { groups: 2, scale: 0.08 }],
];

for (const [file, family, fields] of FILES)
  test(`${file} computes what PyTorch computes, layer by layer`, () => {
    const expected = readComputed(join(NARROW, file.replace(/\.\w+$/, '.json')));
    const input = [expected.side, expected.side, 3] as const;
    const network = importNetwork(join(NARROW, file), { ...WANTED, family, fields, input });
    assert.equal(network.notes.length, family === 'squeezenet' ? 0 : 1);
    // an exporter folds batch norms into kernels, whose outputs PyTorch then never had
    const folded = file === 'mobilenet-graph.onnx';
    // names of Keras have no points
    const layers = network.layers.map(({ layer, source, norm }) => ({
      layer,
      source: source.replaceAll('__', '.'),
      norm: norm?.replaceAll('__', '.') ?? null,
    }));
    assertComputesTheSame({ ...network, layers: folded ? [] : layers }, expected);
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
        ['mobilenet-v1.pt', { family: 'mobilenet-v1', alpha: 1 }],
        ['shufflenet-v1.pt', { family: 'shufflenet-v1', groups: 3, scale: 1 }],
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
