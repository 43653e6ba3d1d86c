import { layerResult } from '../../layer-result.ts';
import type { Computation } from '../../method.ts';
import { NUMBERS, type tapSharesMethod } from './index.ts';
import { batchNormSetting } from '../../weights/fold-batch-norm.ts';
import { kernels3x3OfRun } from '../../weights/kernels-of-run.ts';
import { tapShares } from '../../weights/tap-shares.ts';

export const compute: Computation<typeof tapSharesMethod> = (subject, _settings, { progress }) => {
  const settings = { batchNorm: batchNormSetting(subject.graph) };
  const results = kernels3x3OfRun(subject).flatMap(({ trained, untrained }) => {
    const shares = tapShares(trained);
    const before = untrained && tapShares(untrained);
    return NUMBERS.map(({ name, uniform, of }) =>
      layerResult(trained.layer, {
        measure: name,
        value: shares && of(shares),
        baselines: { uniform, untrained: before && of(before) },
        settings,
      }),
    );
  });
  progress(1);
  return Promise.resolve({ results, files: [] });
};
