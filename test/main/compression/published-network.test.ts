import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { randomStream } from '../../../src-shared/random.ts';
import { publishedVariants } from '../../../src-main/compression/published/published-bytes.ts';
import { publishedFigures } from '../../../src-main/analysis/compression/published-figures.ts';
import {
  type PublishedLayer,
  readPublishedFile,
  writePublishedFile,
} from '../../../src-main/compression/published/published-file.ts';
import { readPublishedNetwork } from '../../../src-main/compression/published/published-network.ts';
import { codesOf, denseKernel, sparseEntries } from '../../../src-main/compression/sparse-kernel.ts';
import { publishedBytes, withoutPublishedFile } from './published-file.ts';

interface Decoded {
  readonly name: string;
  readonly entries: number;
  readonly kept: number;
  readonly centreShare: number | null;
  readonly kernel: string;
  readonly bias: string;
}

describe('the published file', { skip: withoutPublishedFile }, () => {
  const bytes = withoutPublishedFile ? new Uint8Array() : publishedBytes();
  const read = () => readPublishedNetwork(bytes, 'published.net');

  test("weights are those of the authors' decoder, bit for bit, in our layouts", () => {
    const file = new URL('../../fixtures/published-squeezenet.json', import.meta.url);
    const { layers } = JSON.parse(readFileSync(file, 'utf8')) as { layers: Decoded[] };
    const network = read();
    const figures = publishedFigures(network);
    assert.equal(layers.length, 26);
    for (const [index, { name, kernel, bias, ...expected }] of layers.entries()) {
      assert.equal(hashOf(network.weights.get(`${name}/kernel`)), kernel, name);
      assert.equal(hashOf(network.weights.get(`${name}/bias`)), bias, name);
      const found = figures.layers[index];
      assert.equal(found?.layer, name);
      assert.equal(found.entries, expected.entries);
      assert.equal(found.kept, expected.kept);
      if (expected.centreShare === null) assert.equal(found.centreShare, null);
      else assert.ok(Math.abs((found.centreShare ?? Number.NaN) - expected.centreShare) < 1e-9);
    }
  });

  test('density, kept shares and centre shares', () => {
    const { weights, kept, roles, layers } = publishedFigures(read());
    assert.equal(weights, 1_244_448);
    assert.equal(kept, 415_921);
    assert.equal((kept / weights).toFixed(3), '0.334');
    assert.deepEqual(
      roles.map(({ role, share }) => [role, (100 * share).toFixed(1)]),
      [
        ['stem', '98.5'],
        ['squeeze', '75.0'],
        ['expand 1x1', '78.8'],
        ['expand 3x3', '31.4'],
        ['classifier', '20.0'],
      ],
    );
    assert.deepEqual(
      layers.flatMap(({ centreShare }) => (centreShare === null ? [] : [centreShare.toFixed(3)])),
      ['0.329', '0.230', '0.171', '0.155', '0.165', '0.115', '0.097', '0.129'],
    );
  });

  test('every byte is accounted for, and the variants', () => {
    const variants = publishedVariants(read());
    assert.deepEqual(variants[0]?.components, {
      counts: 26 * 4,
      biases: 3976 * 4,
      codebooks: 26 * 256 * 4,
      codes: 422_083,
      gaps: 211_048,
    });
    assert.deepEqual(
      variants.map(({ bytes: size }) => size),
      [bytes.length, 550_267.75, 468_406.5, 375_863],
    );
    assert.equal(bytes.length, 675_763);
  });

  test('encoded again from its weights, it is the same file', () => {
    const { layers, weights } = read();
    const again = layers.map(({ name, kernel, bias }): PublishedLayer => {
      const dense = denseKernel(kernel, weights.get(`${name}/kernel`)?.length ?? 0);
      const { codebook } = kernel;
      return { name, bias, kernel: { codebook, ...sparseEntries(codesOf(dense, codebook), 4) } };
    });
    assert.ok(Buffer.from(bytes).equals(writePublishedFile(again)));
  });

  test('a truncated file says what is missing', () => {
    assert.throws(() => readPublishedNetwork(bytes.subarray(0, 600_000), 'part.net'), {
      code: 'data-invalid',
      message:
        /^part\.net is not .*require 675763 bytes, but it has 600000: it is truncated; download it again\.$/,
    });
    assert.throws(() => readPublishedNetwork(Uint8Array.from([...bytes, 0]), 'long.net'), /it contains more/);
  });
});

test('a foreign file is refused', () => {
  assert.throws(
    () => readPublishedNetwork(new Uint8Array(50), 'short.net'),
    /50 bytes, fewer than the counts/,
  );
  const text = new TextEncoder().encode('no network '.repeat(1000));
  assert.throws(
    () => readPublishedNetwork(text, 'text.net'),
    /says that conv1 stores \d+ of its 14112 weights/,
  );
});

test('layers of any density are read as they were written', () => {
  const stream = randomStream(4, 'published');
  const layers = [0, 0.02, 0.3, 1].map((density, index): PublishedLayer => {
    const codes = Uint8Array.from({ length: 999 }, () =>
      stream.uniform() < density ? 1 + stream.integer(255) : 0,
    );
    const codebook = Float32Array.from({ length: 256 }, (_, code) => (code === 0 ? 0 : stream.normal()));
    const bias = Float32Array.from({ length: 9 }, () => stream.normal());
    return { name: `layer ${index}`, kernel: { codebook, ...sparseEntries(codes, 4) }, bias };
  });
  const shapes = layers.map(({ name }) => ({ name, weights: 999, filters: 9 }));
  assert.deepEqual(readPublishedFile(writePublishedFile(layers), shapes, 'any.net'), layers);
});

test('gaps that lead out of the kernel are a problem', () => {
  const kernel = {
    codebook: new Float32Array(256),
    codes: Uint8Array.of(1, 1),
    gaps: Uint8Array.of(3, 6),
  };
  assert.throws(() => denseKernel(kernel, 10), /lead to weight 11/);
  const layer = { name: 'conv1', kernel, bias: new Float32Array(2) };
  const shape = { name: 'conv1', weights: 10, filters: 2 };
  const bytes = writePublishedFile([layer]);
  assert.throws(
    () => readPublishedFile(bytes, [shape], 'any.net'),
    /any\.net .* conv1 lead to weight 11 of 10/,
  );
});

function hashOf(values: Float32Array | undefined): string {
  const { buffer, byteOffset, byteLength } = values ?? new Float32Array();
  return createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');
}
