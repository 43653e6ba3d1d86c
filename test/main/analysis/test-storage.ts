import { tmpdir } from 'node:os';
import { FeatureStorage } from '../../../src-main/analysis/feature-storage.ts';

/** Holds the small features of tests in memory; nothing is written. */
export const storage = new FeatureStorage(tmpdir());
