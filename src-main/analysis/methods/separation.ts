import { z } from 'zod';
import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { eachLayer } from '../each-layer.ts';
import { layerResult } from '../layer-result.ts';
import { classSeparation } from '../measures/class-separation.ts';
import { asMatrix } from '../measures/matrix.ts';
import { defineMethod } from '../method.ts';
import { imagesSetting } from '../settings.ts';

/** Distance of the classes against their width: docs/analysis/separation.md. */
export const separationMethod = defineMethod({
  name: 'separation',
  title: 'Class separation',
  family: 'representation',
  about: 'How far the classes lie apart in each layer’s averaged features, against their width.',
  measures: [
    { name: 'fisher ratio', title: 'Fisher ratio', kind: 'number', axis: 'trace(between) / trace(within)' },
    { name: 'nc1', title: 'Neural collapse NC1', kind: 'number', axis: 'trace(S_W pinv(S_B)) / classes' },
  ],
  settings: z.strictObject({ images: imagesSetting }),
  run: async (subject, settings, control) => {
    const { labels } = subject.evaluationSet(settings.images);
    const shuffled = randomStream(0, 'shuffled labels').shuffle(Uint16Array.from(labels));
    const classes = subject.classes.length;
    const results: AnalysisResult[] = [];
    await eachLayer(subject, settings.images, 'average', control, ({ layer, trained, untrained }) => {
      const found = classSeparation(asMatrix(trained), labels, classes);
      const before = classSeparation(asMatrix(untrained), labels, classes);
      const chance = classSeparation(asMatrix(trained), shuffled, classes);
      for (const [measure, key] of [
        ['fisher ratio', 'fisher'],
        ['nc1', 'collapse'],
      ] as const)
        results.push(
          layerResult(layer, {
            method: 'separation',
            measure,
            settings,
            value: found[key],
            baselines: { untrained: before[key], 'shuffled labels': chance[key] },
          }),
        );
    });
    return { results, files: [] };
  },
});
