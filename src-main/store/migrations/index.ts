import type { Migration } from '../migrate.ts';
import { initial } from './0001-initial.ts';
import { application } from './0002-application.ts';
import { analyses } from './0003-analyses.ts';
import { identity } from './0004-identity.ts';
import { classScores } from './0005-class-scores.ts';
import { openMetrics } from './0006-open-metrics.ts';
import { networks } from './0007-networks.ts';
import { setNetworks } from './0008-set-networks.ts';
import { setCrops } from './0009-set-crops.ts';
import { importedRuns } from './0010-imported-runs.ts';
import { studyNotes } from './0011-study-notes.ts';
import { openedStudies } from './0012-opened-studies.ts';
import { studyTags } from './0013-study-tags.ts';
import { singleRuns } from './0014-single-runs.ts';
import { histograms } from './0015-histograms.ts';
import { machineSamples } from './0016-machine-samples.ts';
import { trashedNetworks } from './0017-trashed-networks.ts';
import { interruptions } from './0018-interruptions.ts';
import { extensions } from './0019-extensions.ts';
import { cards } from './0020-cards.ts';
import { fusedRuns } from './0021-fused-runs.ts';
import { imagesOfRuns } from './0022-images-of-runs.ts';

/** All migrations, by rising version without a gap. A released one never changes. */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  application,
  analyses,
  identity,
  classScores,
  openMetrics,
  networks,
  setNetworks,
  setCrops,
  importedRuns,
  studyNotes,
  openedStudies,
  studyTags,
  singleRuns,
  histograms,
  machineSamples,
  trashedNetworks,
  interruptions,
  extensions,
  cards,
  fusedRuns,
  imagesOfRuns,
];
