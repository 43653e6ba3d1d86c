import { UMAP } from 'umap-js';
import { randomStream } from '../../../src-shared/random.ts';
import { centre, type Matrix } from '../measures/matrix.ts';
import { principalAxes } from '../measures/principal-axes.ts';

/** As UMAP has it for large sets; its 500 for small ones take longer and change little. */
const EPOCHS = 200;

export interface PrincipalMap extends Matrix {
  /** Share of the variance that the two components have. */
  readonly explained: number;
}

/** The two directions in which the rows differ most. The sign of each is such that its largest entry is above zero. */
export function principalMap(matrix: Matrix): PrincipalMap {
  const { rows, columns, values } = centre(matrix);
  const { variances, directions } = principalAxes(matrix);
  // the variances ascend
  const chosen = [columns - 1, columns - 2].filter((place) => place >= 0);
  const axes = chosen.map((place) => {
    const axis = Array.from({ length: columns }, (_, column) => directions[column * columns + place] ?? NaN);
    const most = axis.reduce((high, value) => (Math.abs(value) > Math.abs(high) ? value : high), 0);
    return most < 0 ? axis.map((value) => -value) : axis;
  });
  const projected = Array.from({ length: rows }, (_, row) => {
    const own = values.subarray(row * columns, (row + 1) * columns);
    return axes.map((axis) => axis.reduce((sum, share, column) => sum + share * (own[column] ?? NaN), 0));
  });
  const total = variances.reduce((sum, value) => sum + value, 0);
  const kept = chosen.reduce((sum, place) => sum + (variances[place] ?? NaN), 0);
  return { rows, columns: axes.length, values: Float32Array.from(projected.flat()), explained: kept / total };
}

/** A map on which the nearest stay near (McInnes, Healy and Melville, 2018); the same for the same seed. */
export async function umapMap(
  { rows, columns, values }: Matrix,
  neighbours: number,
  seed: number,
  pause: () => Promise<void>,
): Promise<Matrix> {
  const stream = randomStream(seed, 'umap');
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: neighbours,
    nEpochs: EPOCHS,
    random: () => stream.uniform(),
  });
  const data = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_value, i) => values[row * columns + i] ?? 0),
  );
  const epochs = umap.initializeFit(data);
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step();
    if (epoch % 20 === 0) await pause();
  }
  return { rows, columns: 2, values: Float32Array.from(umap.getEmbedding().flat()) };
}
