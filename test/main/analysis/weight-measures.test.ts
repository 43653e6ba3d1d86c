import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { z } from 'zod';
import { filterRedundancy } from '../../../src-main/analysis/methods/filter-redundancy/nearest-filters.ts';
import { filterVectors, type LayerKernel } from '../../../src-main/analysis/weights/layer-kernel.ts';
import { fitLinearMap, type Moments } from '../../../src-main/analysis/weights/linear-map.ts';
import { matrixRanks } from '../../../src-main/analysis/methods/weight-ranks/matrix-ranks.ts';
import { separability } from '../../../src-main/analysis/methods/separability/slice-separability.ts';
import { tapShares } from '../../../src-main/analysis/weights/tap-shares.ts';
import { GraphBuilder } from '../../../src-shared/networks/graph-builder.ts';
import { formulaValues } from './formula-values.ts';

const fixture = z
  .object({
    kernels: z.array(
      z.object({
        shape: z.tuple([z.number(), z.number(), z.number(), z.number()]),
        start: z.number(),
        redundancy: z.number(),
        stable: z.number(),
        effective: z.number(),
        taps: z.array(z.number()).optional(),
        entropy: z.number().optional(),
        share: z.number().optional(),
        energy: z.number().optional(),
      }),
    ),
    maps: z.array(
      z.object({
        samples: z.number(),
        inputs: z.number(),
        outputs: z.number(),
        ridge: z.number(),
        weights: z.array(z.number()),
        intercept: z.array(z.number()),
        explained: z.number(),
      }),
    ),
  })
  .parse(
    JSON.parse(
      fs.readFileSync(new URL('../../fixtures/analysis/weight-measures.json', import.meta.url), 'utf8'),
    ),
  );

function kernelOf(
  [height, width, inputs, filters]: readonly [number, number, number, number],
  values: Float32Array,
): LayerKernel {
  const builder = new GraphBuilder('test', [8, 8, inputs], 2);
  const window = { kernel: height, padding: { top: 1, bottom: 1, left: 1, right: 1 } };
  builder.add('convolution', {
    name: 'c',
    role: 'convolution',
    filters,
    ...window,
    bias: true,
    batchNorm: false,
  });
  const layer = builder.graph().layers.at(-1);
  assert.ok(layer?.kind === 'convolution');
  return { layer, height, width, inputs, filters, values };
}

function near(found: number | null | undefined, expected: number | undefined, tolerance = 1e-9): void {
  assert.ok(found !== null && found !== undefined && expected !== undefined);
  assert.ok(Math.abs(found - expected) <= tolerance, `${found} is not ${expected}`);
}

for (const expected of fixture.kernels) {
  const { shape, start } = expected;
  const kernel = kernelOf(shape, formulaValues(shape[0] * shape[1] * shape[2] * shape[3], start));
  test(`the numbers of a kernel of ${shape.join(' x ')} are NumPy's`, () => {
    near(filterRedundancy(filterVectors(kernel)), expected.redundancy);
    const ranks = matrixRanks(filterVectors(kernel));
    near(ranks?.stable, expected.stable);
    near(ranks?.effective, expected.effective, 1e-6);
    assert.equal(ranks?.largest, Math.min(shape[3], shape[0] * shape[1] * shape[2]));
    if (expected.taps === undefined) return;
    const shares = tapShares(kernel);
    for (const [tap, share] of expected.taps.entries()) near(shares?.taps[tap], share);
    near(shares?.entropy, expected.entropy);
    near((shares?.centre ?? 0) + (shares?.edges ?? 0) + (shares?.corners ?? 0), 1);
    near(
      shares?.edges,
      [1, 3, 5, 7].reduce((sum, tap) => sum + (expected.taps?.[tap] ?? NaN), 0),
    );
    near(separability(kernel)?.share, expected.share);
    near(separability(kernel)?.energy, expected.energy);
  });
}

test('a slice that is a column times a row is separable to the last digits, and an identity is not', () => {
  const column = [1, -2, 3];
  const row = [0.5, 0.25, -4];
  const product = Float32Array.from(column.flatMap((a) => row.map((b) => a * b)));
  near(separability(kernelOf([3, 3, 1, 1], product))?.share, 1, 1e-12);
  const identity = separability(kernelOf([3, 3, 1, 1], Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1)));
  near(identity?.share, 1 / 3);
  near(identity?.energy, 1 / 3);
});

test('entropy is 0 where one tap is used and 1 where all are alike; of nothing there is no share', () => {
  const centre = Float32Array.of(0, 0, 0, 0, 2, 0, 0, 0, 0);
  assert.deepEqual(tapShares(kernelOf([3, 3, 1, 1], centre))?.centre, 1);
  assert.equal(tapShares(kernelOf([3, 3, 1, 1], centre))?.entropy, 0);
  near(tapShares(kernelOf([3, 3, 1, 1], new Float32Array(9).fill(-3)))?.entropy, 1);
  const nothing = kernelOf([3, 3, 1, 1], new Float32Array(9));
  assert.equal(tapShares(nothing), null);
  assert.equal(separability(nothing), null);
  assert.equal(matrixRanks(filterVectors(nothing)), null);
  assert.equal(filterRedundancy(filterVectors(nothing)), null);
});

test('filters are redundant up to sign and size, and orthogonal ones are not', () => {
  const repeated = [Float64Array.of(1, 2), Float64Array.of(-3, -6), Float64Array.of(2, -1)];
  near(filterRedundancy(repeated), 2 / 3);
  near(filterRedundancy([Float64Array.of(1, 0), Float64Array.of(0, 5), Float64Array.of(0, 0)]), 0);
});

for (const expected of fixture.maps) {
  test(`the best linear map with a ridge of ${expected.ridge} is NumPy's, about any shift`, () => {
    const { samples, inputs, outputs, ridge } = expected;
    const x = formulaValues(samples * inputs, 5).map((value) => value + 3);
    const noise = formulaValues(samples * outputs, 77);
    const mixing = formulaValues(inputs * outputs, 11);
    const y = Float32Array.from({ length: samples * outputs }, (_, place) => {
      const [sample, output] = [Math.floor(place / outputs), place % outputs];
      const parts = Array.from(
        { length: inputs },
        (_unused, input) => (x[sample * inputs + input] ?? NaN) * (mixing[input * outputs + output] ?? NaN),
      );
      return parts.reduce((sum, part) => sum + part, 0) + 0.5 * (noise[place] ?? NaN) - 2;
    });
    for (const shift of [0, 2.5]) {
      const found = fitLinearMap(momentsOf(x, y, samples, shift), ridge);
      for (const [place, weight] of expected.weights.entries()) near(found.weights[place], weight, 1e-5);
      for (const [place, value] of expected.intercept.entries()) near(found.intercept[place], value, 1e-5);
      near(found.explained, expected.explained, 1e-6);
    }
  });
}

test('inputs that are alike but for the rounding of their products have a map', () => {
  const samples = 50;
  const single = formulaValues(samples, 5);
  const x = Float32Array.from({ length: 2 * samples }, (_, place) => single[Math.floor(place / 2)] ?? NaN);
  const y = single.map((value) => 4 * value);
  const moments = momentsOf(x, y, samples, 0);
  // the product of both is too large by more than the ridge makes up for: no covariance is like that
  const inputProducts = moments.inputProducts.map((value, place) => value * (place % 3 === 0 ? 1 : 1 + 1e-5));
  const { weights, explained } = fitLinearMap({ ...moments, inputProducts }, 1e-6);
  for (const weight of weights) near(weight, 2, 1e-4);
  near(explained, 1, 1e-4);
});

test('the ridge is added once, also where rounding outweighs it', () => {
  const moments: Moments = {
    samples: 2,
    ...{ inputShift: new Float64Array(2), outputShift: new Float64Array(1) },
    ...{ inputs: new Float64Array(2), outputs: new Float64Array(1) },
    inputProducts: Float64Array.of(2, 2.06, 2.06, 2),
    crossProducts: Float64Array.of(8, 8),
    outputSquares: Float64Array.of(32),
  };
  // variances 1 and a covariance of 1.03: the eigenvalue along both is 2.03, the other, -0.03, counts as 0
  const { weights } = fitLinearMap(moments, 0.01);
  for (const weight of weights) near(weight, 4 / 2.04, 1e-12);
});

/** The definition of the moments, term by term. */
function momentsOf(x: Float32Array, y: Float32Array, samples: number, shift: number): Moments {
  const [inputs, outputs] = [x.length / samples, y.length / samples];
  const sum = (terms: number, of: (sample: number) => number): number =>
    Array.from({ length: terms }, (_, sample) => of(sample)).reduce((total, term) => total + term, 0);
  const at = (values: Float32Array, width: number, sample: number, column: number): number =>
    (values[sample * width + column] ?? NaN) - shift;
  return {
    samples,
    inputShift: new Float64Array(inputs).fill(shift),
    outputShift: new Float64Array(outputs).fill(shift),
    inputs: Float64Array.from({ length: inputs }, (_, i) => sum(samples, (n) => at(x, inputs, n, i))),
    outputs: Float64Array.from({ length: outputs }, (_, o) => sum(samples, (n) => at(y, outputs, n, o))),
    inputProducts: Float64Array.from({ length: inputs * inputs }, (_, place) =>
      sum(samples, (n) => at(x, inputs, n, Math.floor(place / inputs)) * at(x, inputs, n, place % inputs)),
    ),
    crossProducts: Float64Array.from({ length: inputs * outputs }, (_, place) =>
      sum(samples, (n) => at(x, inputs, n, Math.floor(place / outputs)) * at(y, outputs, n, place % outputs)),
    ),
    outputSquares: Float64Array.from({ length: outputs }, (_, o) =>
      sum(samples, (n) => at(y, outputs, n, o) ** 2),
    ),
  };
}
