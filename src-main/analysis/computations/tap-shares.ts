import { layerResult } from '../layer-result.ts';
import type { MethodControl, MethodOutput } from '../method.ts';
import { NUMBERS } from '../methods/tap-shares.ts';
import type { Subject } from '../subject.ts';
import { batchNormSetting } from '../weights/fold-batch-norm.ts';
import { kernels3x3OfRun } from '../weights/kernels-of-run.ts';
import { tapShares } from '../weights/tap-shares.ts';

/** Computes `tapSharesMethod`. */
export function computeTapShares(subject: Subject, { progress }: MethodControl): Promise<MethodOutput> {
  const settings = { batchNorm: batchNormSetting(subject.graph) };
  const results = kernels3x3OfRun(subject).flatMap(({ trained, untrained }) => {
    const shares = tapShares(trained);
    const before = untrained && tapShares(untrained);
    return NUMBERS.map(({ name, uniform, of }) =>
      layerResult(trained.layer, {
        method: 'tap-shares',
        measure: name,
        value: shares && of(shares),
        baselines: { uniform, untrained: before && of(before) },
        settings,
      }),
    );
  });
  progress(1);
  return Promise.resolve({ results, files: [] });
}
