import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { UMAP } from 'umap-js';
import { randomStream } from '../../../src-shared/random.ts';
import type { Rows } from './nearest-neighbours.ts';

/** As UMAP has it for large sets; its 500 for small ones take longer and change little. */
const EPOCHS = 200;

export interface PrincipalMap extends Rows {
  /** Share of the variance that the two components have. */
  readonly explained: number;
}

/** The two directions in which the rows differ most. The sign of each is such that its largest entry is above zero. */
export function principalMap({ rows, width, values }: Rows): PrincipalMap {
  const matrix = Matrix.from1DArray(rows, width, Array.from(values)).center('column');
  const covariance = matrix
    .transpose()
    .mmul(matrix)
    .div(rows - 1);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues
    .map((_, index) => index)
    .sort((a, b) => (realEigenvalues[b] ?? 0) - (realEigenvalues[a] ?? 0));
  const chosen = order.slice(0, 2);
  const axes = chosen.map((index) => {
    const axis = eigenvectorMatrix.getColumn(index);
    const most = axis.reduce((high, value) => (Math.abs(value) > Math.abs(high) ? value : high), 0);
    return most < 0 ? axis.map((value) => -value) : axis;
  });
  const projected = matrix.mmul(new Matrix(axes).transpose());
  const total = realEigenvalues.reduce((sum, value) => sum + value, 0);
  const kept = chosen.reduce((sum, index) => sum + (realEigenvalues[index] ?? 0), 0);
  return { rows, width: axes.length, values: projected.to1DArray(), explained: kept / total };
}

/** A map on which the nearest stay near (McInnes, Healy and Melville, 2018); the same for the same seed. */
export async function umapMap(
  { rows, width, values }: Rows,
  neighbours: number,
  seed: number,
  pause: () => Promise<void>,
): Promise<Rows> {
  const stream = randomStream(seed, 'umap');
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: neighbours,
    nEpochs: EPOCHS,
    random: () => stream.uniform(),
  });
  const data = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: width }, (_value, i) => values[row * width + i] ?? 0),
  );
  const epochs = umap.initializeFit(data);
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step();
    if (epoch % 20 === 0) await pause();
  }
  return { rows, width: 2, values: umap.getEmbedding().flat() };
}
