import { eachLayer } from '../../each-layer.ts';
import { layerResult } from '../../layer-result.ts';
import { classSeparation } from '../../measures/class-separation.ts';
import { shuffledLabels } from '../../measures/shuffled-labels.ts';
import type { Computation } from '../../method.ts';
import type { separationMethod } from './index.ts';
import { toldResults } from '../../told-results.ts';

export const compute: Computation<typeof separationMethod> = async (subject, settings, control) => {
  const { labels } = subject.evaluationSet(settings.images);
  const shuffled = shuffledLabels(labels);
  const classes = subject.classes.length;
  const told = toldResults(control);
  await eachLayer(subject, settings.images, control, ({ layer, trained, untrained }) => {
    const rows = trained.read();
    const found = classSeparation(rows, labels, classes);
    const before = classSeparation(untrained.read(), labels, classes);
    const chance = classSeparation(rows, shuffled, classes);
    for (const [measure, key] of [
      ['fisher ratio', 'fisher'],
      ['nc1', 'collapse'],
    ] as const)
      told.push(
        layerResult(layer, {
          measure,
          settings,
          value: found[key],
          baselines: { untrained: before[key], 'shuffled labels': chance[key] },
        }),
      );
  });
  return { results: told.results, files: [] };
};
