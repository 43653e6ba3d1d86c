import { nearestName } from '../../../src-shared/networks/nearest-name.ts';
import { Problem } from '../../../src-shared/contract/problem.ts';
import type { AnalysisMethod } from '../method.ts';
import { channelLesionMethod } from './channel-lesion.ts';
import { deepCompressionMethod } from './deep-compression.ts';
import { explainedBy1x1Method } from './explained-by-1x1.ts';
import { filterRedundancyMethod } from './filter-redundancy.ts';
import { gradCamMethod } from './grad-cam.ts';
import { lesionMethod } from './lesion.ts';
import { probe } from './probe.ts';
import { quantizationMethod } from './quantization.ts';
import { reinitializationMethod } from './reinitialization.ts';
import { replace3x3Method } from './replace-3x3.ts';
import { separabilityMethod } from './separability.ts';
import { tapSharesMethod } from './tap-shares.ts';
import { weightRanksMethod } from './weight-ranks.ts';

/** All methods, in the order in which they are shown. */
export const METHODS: readonly AnalysisMethod[] = [
  probe,
  tapSharesMethod,
  explainedBy1x1Method,
  filterRedundancyMethod,
  weightRanksMethod,
  separabilityMethod,
  lesionMethod,
  channelLesionMethod,
  reinitializationMethod,
  replace3x3Method,
  deepCompressionMethod,
  quantizationMethod,
  gradCamMethod,
];

/** @throws Problem `not-found` with the names that there are */
export function methodNamed(name: string): AnalysisMethod {
  const found = METHODS.find((method) => method.name === name);
  if (found !== undefined) return found;
  const names = METHODS.map((method) => method.name);
  const near = nearestName(name, names);
  throw new Problem(
    'not-found',
    `There is no method "${name}"${near ? ` (did you mean "${near}"?)` : ''}; there are ${names.join(', ')}.`,
  );
}
