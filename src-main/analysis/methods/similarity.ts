import { z } from 'zod';
import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { layerResult } from '../layer-result.ts';
import { alignments, kernelFeatures } from '../measures/centered-kernel-alignment.ts';
import { asMatrix } from '../measures/matrix.ts';
import { defineMethod } from '../method.ts';
import { imagesSetting } from '../settings.ts';

/** Unbiased linear CKA of each layer with each: docs/analysis/similarity.md. */
export const similarityMethod = defineMethod({
  name: 'similarity',
  title: 'Similarity of layers',
  family: 'representation',
  about: 'How alike the layers of a network are, each with each (unbiased linear CKA).',
  measures: [
    { name: 'cka', title: 'Similarity of two layers', kind: 'number', axis: 'unbiased linear CKA' },
    { name: 'cka to output', title: 'Similarity to the output', kind: 'number', axis: 'unbiased linear CKA' },
  ],
  settings: z.strictObject({ images: imagesSetting }),
  run: async (subject, settings, { progress, pause }) => {
    const trained = (await subject.features('trained', settings.images, 'average')).map(asMatrix);
    const untrained = (await subject.features('untrained', settings.images, 'average')).map(asMatrix);
    const after = trained.map(kernelFeatures);
    await pause();
    const before = untrained.map(kernelFeatures);
    const { layers, run } = subject;
    const results: AnalysisResult[] = [];
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
        const shared = { method: 'similarity', settings, value, baselines };
        results.push(layerResult(layer, { ...shared, measure: 'cka', other: { run, layer: second.name } }));
        if (second === layers.at(-1))
          results.push(layerResult(layer, { ...shared, measure: 'cka to output' }));
      }
      progress((index + 1) / layers.length);
      await pause();
    }
    return { results, files: [] };
  },
});
