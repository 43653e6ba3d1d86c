import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { eachLayer } from '../each-layer.ts';
import { layerResult } from '../layer-result.ts';
import { classSeparation } from '../measures/class-separation.ts';
import { shuffledLabels } from '../measures/shuffled-labels.ts';
import type { MethodControl, MethodOutput } from '../method.ts';
import type { SeparationSettings } from '../methods/separation.ts';
import type { Subject } from '../subject.ts';

/** Computes `separationMethod`. */
export async function computeSeparation(
  subject: Subject,
  settings: SeparationSettings,
  control: MethodControl,
): Promise<MethodOutput> {
  const { labels } = subject.evaluationSet(settings.images);
  const shuffled = shuffledLabels(labels);
  const classes = subject.classes.length;
  const results: AnalysisResult[] = [];
  await eachLayer(subject, settings.images, 'average', control, ({ layer, trained, untrained }) => {
    const found = classSeparation(trained, labels, classes);
    const before = classSeparation(untrained, labels, classes);
    const chance = classSeparation(trained, shuffled, classes);
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
}
