import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { weightSize } from '../../../src-shared/networks/weights.ts';
import { type RandomStream, randomStream } from '../../../src-shared/random.ts';
import { compressNetwork } from '../../../src-main/compression/compress-network.ts';
import { weightsOf } from '../../../src-main/compression/compressed-network.ts';
import { decodeNetwork } from '../../../src-main/compression/decode-network.ts';
import { encodeNetwork } from '../../../src-main/compression/encode-network.ts';
import { pruneWeights } from '../../../src-main/compression/prune-weights.ts';
import { denseKernel, sparseEntries } from '../../../src-main/compression/sparse-kernel.ts';

const NETWORKS = [
  { family: 'squeezenet', baseE: 8, incrE: 4, stem: 'small', batchNorm: true, bypass: 'simple' },
  { family: 'mobilenet-v1', alpha: 0.03125, stem: 'small' },
];

test('decode gives back the very weights that were shared, in any density, and every byte is counted', () => {
  for (let round = 0; round < 12; round++) {
    const stream = randomStream(round, 'network');
    const fields = NETWORKS[round % 2];
    const graph = resolveNetwork(parseNetwork(fields), { input: [32, 32, 3], classes: 3 });
    const weights = sparseWeights(graph, stream);
    const indexBits = 1 + stream.integer(8);
    const network = compressNetwork(graph, weights, { codeBits: () => 2 + (round % 7), indexBits });
    const encoded = encodeNetwork(graph, network);
    const decoded = decodeNetwork(graph, encoded.bytes);
    for (const weight of weightsOf(graph)) {
      const kernel = network.kernels.get(weight.name);
      const expected = kernel ? denseKernel(kernel, weightSize(weight)) : network.others.get(weight.name);
      assert.deepEqual(decoded.get(weight.name), expected, weight.name);
      if (kernel === undefined) assert.deepEqual(expected, weights.get(weight.name));
    }
    const counted = encoded.weights
      .flatMap(({ bytes }) => Object.values(bytes) as number[])
      .reduce((sum, bytes) => sum + bytes, 0);
    assert.equal(counted, encoded.bytes.length);
  }
});

test('a gap longer than can be written is bridged by fillers', () => {
  const codes = new Uint8Array(40);
  codes[3] = 5;
  codes[19] = 6;
  codes[36] = 7;
  assert.deepEqual(sparseEntries(codes, 4), {
    codes: Uint8Array.of(5, 6, 0, 7),
    gaps: Uint8Array.of(3, 15, 15, 0),
  });
  // As published: `position = cumulative sum of gap + 1, minus 1`.
  const dense = denseKernel(
    { codebook: Float32Array.from({ length: 8 }, (_, code) => code), ...sparseEntries(codes, 4) },
    40,
  );
  assert.deepEqual([...dense], [...codes]);
});

test('a kernel without weights stores no entry', () => {
  assert.deepEqual(sparseEntries(new Uint8Array(100), 4), {
    codes: new Uint8Array(),
    gaps: new Uint8Array(),
  });
});

test('pruning compares with the standard deviation of the kernel', () => {
  // Mean 0, deviation 2.236.
  assert.deepEqual([...pruneWeights(Float32Array.of(-3, 3, -1, 1), 1)], [-3, 3, 0, 0]);
  assert.deepEqual([...pruneWeights(Float32Array.of(-3, 3, -1, 1), 0.4)], [-3, 3, -1, 1]);
  assert.deepEqual([...pruneWeights(Float32Array.of(0, 0.001), 0)], [0, Math.fround(0.001)]);
});

test('bytes of another network or cut off are a problem', () => {
  const [first, second] = NETWORKS.map((fields) =>
    resolveNetwork(parseNetwork(fields), { input: [32, 32, 3], classes: 3 }),
  );
  assert.ok(first !== undefined && second !== undefined);
  const weights = sparseWeights(first, randomStream(1, 'network'));
  const { bytes } = encodeNetwork(
    first,
    compressNetwork(first, weights, { codeBits: () => 4, indexBits: 4 }),
  );
  assert.throws(() => decodeNetwork(first, bytes.subarray(0, -1)), { code: 'data-invalid' });
  assert.throws(() => decodeNetwork(first, Uint8Array.from([...bytes, 0])), /1 bytes follow/);
  assert.throws(() => decodeNetwork(second, bytes), { code: 'data-invalid' });
});

/** Kernels from empty to full, some of one value; others anything. */
function sparseWeights(graph: Graph, stream: RandomStream): Map<string, Float32Array> {
  return new Map(
    weightsOf(graph).map((weight) => {
      const density = stream.integer(5) === 0 ? 0 : stream.uniform() ** 3;
      const single = stream.integer(6) === 0;
      const values = Float32Array.from({ length: weightSize(weight) }, () =>
        stream.uniform() < density ? (single ? 0.5 : stream.normal()) : 0,
      );
      return [weight.name, values];
    }),
  );
}
