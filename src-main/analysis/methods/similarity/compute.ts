import { kindOf, type Layer } from '../../../../src-shared/networks/layers/layer-kinds.ts';
import { layerResult, type LayerResult } from '../../layer-result.ts';
import { alignmentsOfAll } from '../../measures/centered-kernel-alignment.ts';
import type { Computation } from '../../method.ts';
import type { similarityMethod } from './index.ts';

export const compute: Computation<typeof similarityMethod> = async (
  subject,
  settings,
  { progress, pause },
) => {
  const { layers, run } = subject;
  const parts = partsOf(layers);
  const aligned = async (weights: 'trained' | 'untrained', before: number) => {
    const features = await subject.features(weights, settings.images, 'average');
    return alignmentsOfAll(
      features.map((each) => each.read()),
      parts,
      (share) => {
        progress(before + share / 2);
        return pause();
      },
    );
  };
  const after = await aligned('trained', 0);
  const former = await aligned('untrained', 0.5);
  const results: LayerResult[] = [];
  for (const [index, layer] of layers.entries()) {
    // each pair once; a layer with itself is 1
    for (const [place, second] of layers.entries()) {
      if (place <= index) continue;
      const value = after[index]?.[place] ?? null;
      const shared = { settings, value, baselines: { untrained: former[index]?.[place] ?? null } };
      results.push(layerResult(layer, { ...shared, measure: 'cka', other: { run, layer: second.name } }));
      if (second === layers.at(-1)) results.push(layerResult(layer, { ...shared, measure: 'cka to output' }));
    }
  }
  return { results, files: [] };
};

/** Of each layer the places of those whose channels it shows side by side, or its own. */
function partsOf(layers: readonly Layer[]): number[][] {
  const found = new Map<string, number[]>();
  for (const [place, layer] of layers.entries()) {
    const inputs = layer.inputs.map((name) => found.get(name));
    const known = inputs.filter((parts) => parts !== undefined);
    const isOfParts = kindOf(layer).sideBySide?.(layer) === true && known.length === inputs.length;
    found.set(layer.name, isOfParts ? known.flat() : [place]);
  }
  return [...found.values()];
}
