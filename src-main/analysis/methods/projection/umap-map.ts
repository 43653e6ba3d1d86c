import { UMAP } from 'umap-js';
import { randomStream } from '../../../../src-shared/random.ts';
import type { Matrix } from '../../measures/matrix.ts';

/** As UMAP has it for large sets; its 500 for small ones take longer and change little. */
const EPOCHS = 200;

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
