import { layerResult, type LayerResult } from '../../layer-result.ts';
import { alignments, kernelFeatures } from '../../measures/centered-kernel-alignment.ts';
import type { Computation } from '../../method.ts';
import type { similarityMethod } from './index.ts';

export const compute: Computation<typeof similarityMethod> = async (
  subject,
  settings,
  { progress, pause },
) => {
  const trained = await subject.features('trained', settings.images, 'average');
  const untrained = await subject.features('untrained', settings.images, 'average');
  const after = trained.map(kernelFeatures);
  await pause();
  const before = untrained.map(kernelFeatures);
  const { layers, run } = subject;
  const results: LayerResult[] = [];
  for (const [index, layer] of layers.entries()) {
    const one = after[index];
    const other = before[index];
    if (one === undefined || other === undefined) throw new Error(`no features of ${layer.name}`);
    // each pair once; a layer with itself is 1
    const values = alignments(one, after.slice(index));
    const former = alignments(other, before.slice(index));
    for (const [distance, value] of values.entries()) {
      const second = layers[index + distance];
      if (second === undefined || second === layer) continue;
      const baselines = { untrained: former[distance] ?? null };
      const shared = { settings, value, baselines };
      results.push(layerResult(layer, { ...shared, measure: 'cka', other: { run, layer: second.name } }));
      if (second === layers.at(-1)) results.push(layerResult(layer, { ...shared, measure: 'cka to output' }));
    }
    progress((index + 1) / layers.length);
    await pause();
  }
  return { results, files: [] };
};
