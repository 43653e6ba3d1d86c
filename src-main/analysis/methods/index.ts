import { nearestName } from '../../../src-shared/mistakes/nearest-name.ts';
import { Problem } from '../../../src-shared/contract/problem.ts';
import type { AnalysisMethod } from '../method.ts';
import { activationMaximizationMethod } from './activation-maximization.ts';
import { channelLesionMethod } from './channel-lesion.ts';
import { clustersMethod } from './clusters.ts';
import { deepCompressionMethod } from './deep-compression.ts';
import { dimensionMethod } from './dimension.ts';
import { explainedBy1x1Method } from './explained-by-1x1.ts';
import { featureMapsMethod } from './feature-maps.ts';
import { filterRedundancyMethod } from './filter-redundancy.ts';
import { filtersMethod } from './filters.ts';
import { gradCamMethod } from './grad-cam.ts';
import { integratedGradientsMethod } from './integrated-gradients.ts';
import { lesionMethod } from './lesion.ts';
import { lossLandscapeMethod } from './loss-landscape.ts';
import { occlusionMethod } from './occlusion.ts';
import { probeMethod } from './probe.ts';
import { projectionMethod } from './projection.ts';
import { quantizationMethod } from './quantization.ts';
import { receptiveFieldMethod } from './receptive-field.ts';
import { reinitializationMethod } from './reinitialization.ts';
import { replace3x3Method } from './replace-3x3.ts';
import { saliencyRandomizationMethod } from './saliency-randomization.ts';
import { separabilityMethod } from './separability.ts';
import { separationMethod } from './separation.ts';
import { similarityAcrossMethod } from './similarity-across.ts';
import { similarityMethod } from './similarity.ts';
import { spatialMethod } from './spatial.ts';
import { shapleyMethod } from './shapley.ts';
import { tapSharesMethod } from './tap-shares.ts';
import { taylorImportanceMethod } from './taylor-importance.ts';
import { topImagesMethod } from './top-images.ts';
import { unitsMethod } from './units.ts';
import { weightRanksMethod } from './weight-ranks.ts';

/** All methods, in the order in which they are shown. */
export const METHODS: readonly AnalysisMethod[] = [
  probeMethod,
  clustersMethod,
  separationMethod,
  dimensionMethod,
  unitsMethod,
  similarityMethod,
  similarityAcrossMethod,
  spatialMethod,
  tapSharesMethod,
  explainedBy1x1Method,
  filterRedundancyMethod,
  weightRanksMethod,
  separabilityMethod,
  lesionMethod,
  channelLesionMethod,
  reinitializationMethod,
  replace3x3Method,
  taylorImportanceMethod,
  shapleyMethod,
  deepCompressionMethod,
  quantizationMethod,
  gradCamMethod,
  integratedGradientsMethod,
  occlusionMethod,
  featureMapsMethod,
  filtersMethod,
  topImagesMethod,
  receptiveFieldMethod,
  projectionMethod,
  lossLandscapeMethod,
  saliencyRandomizationMethod,
  activationMaximizationMethod,
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
