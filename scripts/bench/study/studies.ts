import fs from 'node:fs';
import path from 'node:path';
import { writeSeeds } from '../../../src-shared/studies/add-seeds.ts';
import { readDefinition } from '../../../src-shared/studies/read-study.ts';
import { withSeeds } from '../../../src-shared/studies/with-seeds.ts';

const DEMO = path.join(import.meta.dirname, '..', '..', '..', 'resources', 'studies', 'demo.yaml');
const SMALL = 'family: squeezenet, version: 1.1, stem: small, batchNorm: true, dropout: 0';

/** Few epochs, so that what comes once a run weighs more than in a real study. */
const CIFAR10 = {
  'cifar10-narrow': `study: cifar10-narrow
dataset: cifar10
network: { ${SMALL}, stemFilters: 16, baseE: 16, incrE: 16 }
vary: { network.sr: [0.125, 0.5] }
seeds: 2
training: { epochs: 2, batch: 64, learningRate: 0.1, schedule: one-cycle, augment: [crop, flip] }
`,
  'cifar10-squeezenet': `study: cifar10-squeezenet
dataset: cifar10
network: { ${SMALL} }
seeds: 2
training: { epochs: 1, batch: 128, learningRate: 0.1, schedule: one-cycle, augment: [crop, flip] }
`,
};

export const STUDY_NAMES = ['demo', 'cifar10-narrow', 'cifar10-squeezenet'] as const;
export type StudyName = (typeof STUDY_NAMES)[number];

/**
 * The file of a study.
 * @param seeds how many of the demo's are run
 */
export function studyText(name: StudyName, seeds: number): string {
  if (name !== 'demo') return CIFAR10[name];
  const text = fs.readFileSync(DEMO, 'utf8');
  const reading = readDefinition(text);
  if (!reading.ok) throw new Error(`${DEMO} is no study`);
  return writeSeeds(text, withSeeds(reading.definition, seeds));
}
