import assert from 'node:assert/strict';
import test from 'node:test';
import { activity } from '../../../../src-main/analysis/measures/activity.ts';
import {
  alignment,
  alignmentsOfAll,
  kernelFeatures,
} from '../../../../src-main/analysis/measures/centered-kernel-alignment.ts';
import { clusterAgreement } from '../../../../src-main/analysis/measures/cluster-agreement.ts';
import { intrinsicDimension } from '../../../../src-main/analysis/measures/intrinsic-dimension.ts';
import { linearProbe, splitForProbe } from '../../../../src-main/analysis/measures/linear-probe.ts';
import type { Matrix } from '../../../../src-main/analysis/measures/matrix.ts';
import { spectrum } from '../../../../src-main/analysis/measures/spectrum.ts';
import { randomStream } from '../../../../src-shared/random.ts';
import '../../engine/test-engine.ts';
import { CLASSES, exampleFeatures, exampleLabels } from './example-features.ts';
import { byQuadruples, byTraces, kernelAlignment } from './kernel-alignment.ts';

const pause = () => Promise.resolve();

function normalFeatures(rows: number, columns: number, name: string): Matrix {
  const stream = randomStream(7, name);
  return { rows, columns, values: Float32Array.from({ length: rows * columns }, () => stream.normal()) };
}

function sideBySide(parts: readonly (Matrix | undefined)[]): Matrix {
  const known = parts.filter((part) => part !== undefined);
  const columns = known.reduce((sum, part) => sum + part.columns, 0);
  const rows = known[0]?.rows ?? 0;
  const values = new Float32Array(rows * columns);
  for (let row = 0, at = 0; row < rows; row++)
    for (const part of known) {
      values.set(part.values.subarray(row * part.columns, (row + 1) * part.columns), at);
      at += part.columns;
    }
  return { rows, columns, values };
}

/** Turns the columns by a product of plane rotations, scales and moves them. */
function turned({ rows, columns, values }: Matrix): Matrix {
  const result = Float32Array.from(values);
  for (let column = 1; column < columns; column++)
    for (let row = 0; row < rows; row++) {
      const [at, before] = [row * columns + column, row * columns + column - 1];
      const [x = 0, y = 0] = [result[before], result[at]];
      const angle = column;
      result[before] = Math.cos(angle) * x - Math.sin(angle) * y;
      result[at] = Math.sin(angle) * x + Math.cos(angle) * y;
    }
  return { rows, columns, values: result.map((value, index) => 3 * value + (index % columns)) };
}

test('CKA of a rotation is 1, and of independent noise 0 at any widths', () => {
  for (const columns of [16, 64, 200]) {
    const one = normalFeatures(64, columns, 'one');
    const same = alignment(kernelFeatures(one), kernelFeatures(turned(one)));
    // the rotation itself is rounded to 32 bits, once for each of its plane rotations
    assert.ok(same !== null && Math.abs(same - 1) < 1e-4, `${columns}: ${same}`);
  }
  for (const [columns, others] of [
    [16, 16],
    [16, 1024],
    [1024, 1024],
  ] as const) {
    // the mean of several draws, since a single one of n = 64 scatters
    const values = Array.from({ length: 20 }, (_, draw) => {
      const first = kernelFeatures(normalFeatures(64, columns, `first ${draw}`));
      const second = kernelFeatures(normalFeatures(64, others, `second ${draw}`));
      return alignment(first, second) ?? NaN;
    });
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    assert.ok(Math.abs(mean) < 0.03, `${columns} and ${others}: ${mean}`);
  }
});

test('three forms of unbiased CKA are one: by products of features, by kernels and by quadruples of rows', () => {
  for (const [rows, columns, others] of [
    [16, 5, 40],
    [20, 30, 7],
    [12, 50, 50],
  ] as const) {
    const x = normalFeatures(rows, columns, 'x');
    const noise = normalFeatures(rows, others, 'y');
    const shared = (row: number, column: number): number =>
      column < columns ? (x.values[row * columns + column] ?? NaN) : 0;
    const values = noise.values.map((value, at) => 2 + value + shared(Math.floor(at / others), at % others));
    const y = { ...noise, values };
    const expected = kernelAlignment(x, y, byTraces);
    const defined = kernelAlignment(x, y, byQuadruples);
    assert.ok(Math.abs(expected - defined) < 1e-12, `${expected} and ${defined}`);
    const found = alignment(kernelFeatures(x), kernelFeatures(y));
    // features are centred, and multiplied by TensorFlow, in 32 bits: 6e-8 of the largest term, which is of order 1
    assert.ok(found !== null && Math.abs(found - expected) < 1e-6, `${found} and ${expected}`);
  }
});

test('CKA with constant features is not defined', () => {
  const constant = { rows: 64, columns: 3, values: new Float32Array(192).fill(2) };
  assert.equal(alignment(kernelFeatures(normalFeatures(64, 4, 'any')), kernelFeatures(constant)), null);
});

test('CKA of many at once is that of each pair, also where some are others side by side', async () => {
  const [rows, widths] = [40, [3, 300, 30, 250, 7]] as const;
  const single = widths.map((columns, place) => {
    const { values } = normalFeatures(rows, columns, `part ${place}`);
    // all see something of one signal, at scales of their own, and far from zero
    const signal = normalFeatures(rows, 1, 'signal').values;
    const scale = 10 ** (place - 2);
    const seen = values.map((value, at) => scale * (5 + value + (signal[Math.floor(at / columns)] ?? 0)));
    return { rows, columns, values: seen };
  });
  const joined = sideBySide([single[1], single[2]]);
  const constant = { rows, columns: 2, values: new Float32Array(2 * rows).fill(3) };
  const all = [...single, joined, constant];
  const shares: number[] = [];
  const found = await alignmentsOfAll(all, [[0], [1], [2], [3], [4], [1, 2], [6]], (share) => {
    shares.push(share);
    return Promise.resolve();
  });
  for (const [i, one] of all.entries())
    for (const [j, other] of all.entries()) {
      const value = found[i]?.[j];
      if (one === constant || other === constant) assert.equal(value, null);
      else {
        const expected = kernelAlignment(one, other, byTraces);
        // in 32 bits, as above
        assert.ok(typeof value === 'number' && Math.abs(value - expected) < 2e-6, `${i}, ${j}: ${value}`);
      }
    }
  assert.ok(shares.length > 1);
  assert.equal(shares.at(-1), 1);
});

test('dimensions lie within their bounds: one direction counts one, all alike count all', () => {
  const line = normalFeatures(300, 1, 'line');
  const stretched = { rows: 300, columns: 8, values: new Float32Array(2400) };
  stretched.values.forEach((_, index) => {
    stretched.values[index] = (line.values[Math.floor(index / 8)] ?? 0) * (1 + (index % 8));
  });
  const one = spectrum(stretched);
  assert.ok(Math.abs((one.participationRatio ?? 0) - 1) < 1e-6);
  assert.ok((one.effectiveRank ?? 0) < 1.01);
  assert.equal(one.saturation, 1 / 8);
  const all = spectrum(normalFeatures(3000, 8, 'all'));
  assert.ok((all.participationRatio ?? 0) > 7.8 && (all.participationRatio ?? 9) <= 8);
  assert.ok((all.effectiveRank ?? 0) > 7.9 && (all.effectiveRank ?? 9) <= 8 + 1e-9);
  const constant = { rows: 50, columns: 4, values: new Float32Array(200) };
  assert.deepEqual(spectrum(constant), { effectiveRank: null, participationRatio: null, saturation: null });
});

test('the intrinsic dimension counts points that occur twice once', () => {
  const points = normalFeatures(200, 6, 'points');
  const doubled = { rows: 400, columns: 6, values: new Float32Array([...points.values, ...points.values]) };
  assert.equal(intrinsicDimension(doubled), intrinsicDimension(points));
  assert.equal(intrinsicDimension({ rows: 50, columns: 4, values: new Float32Array(200) }), null);
});

test('cluster measures: clusters that are the classes, and one cluster of all', () => {
  const labels = exampleLabels(100);
  assert.deepEqual(clusterAgreement(labels, labels, CLASSES, CLASSES), {
    crossEntropy: 0,
    plainCrossEntropy: 0,
    mutualInformation: 1,
    purity: 1,
  });
  const one = clusterAgreement(new Int32Array(100), labels, CLASSES, CLASSES);
  assert.ok(Math.abs(one.crossEntropy - 1) < 1e-12);
  assert.ok(Math.abs(one.plainCrossEntropy - Math.log(CLASSES)) < 1e-12);
  assert.equal(one.mutualInformation, 0);
  assert.equal(one.purity, 1 / CLASSES);
});

test('a class twice as large does not make its clusters better', () => {
  const clusters = [0, 0, 0, 1, 1, 1];
  const labels = [0, 0, 1, 0, 0, 1];
  assert.ok(
    Math.abs(
      clusterAgreement(clusters, labels, 2, 2).crossEntropy -
        (2 * Math.log(2) + Math.log(2)) / 3 / Math.log(2),
    ) < 1e-12,
  );
});

test('sparsity counts zeros, and dead are channels without any other', () => {
  const zeros = { rows: 2, columns: 4, values: Float32Array.from([1, 0.5, 1, 0, 1, 0.5, 0.5, 0]) };
  assert.deepEqual(activity(zeros), { sparsity: 4.5 / 8, dead: 1 / 4 });
});

test('a probe learns what is there, is at chance with shuffled labels, and comes out the same twice', async () => {
  const labels = exampleLabels(400);
  const features = exampleFeatures(400, 20, 3);
  const split = splitForProbe(labels, CLASSES);
  assert.equal(new Set(split.order).size, 400);
  assert.equal(split.fitted + split.validated, 320);
  const found = await linearProbe(features, labels, CLASSES, split, pause);
  assert.ok(found.score.accuracy > 0.4, String(found.score.accuracy));
  assert.ok(found.score.crossEntropy < 0.95, String(found.score.crossEntropy));
  assert.ok(found.shuffled.accuracy < 0.4, String(found.shuffled.accuracy));
  const [low, high] = found.score.accuracyInterval;
  assert.ok(low < found.score.accuracy && found.score.accuracy < high);
  assert.deepEqual(await linearProbe(features, labels, CLASSES, split, pause), found);
});
