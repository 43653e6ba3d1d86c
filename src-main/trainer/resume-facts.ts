import { z } from 'zod';
import { canonicalHash } from '../../src-shared/canonical-hash.ts';
import { computedBySchema } from '../../src-shared/studies/trainer-protocol.ts';
import { recordingsOf } from '../../src-shared/studies/recordings.ts';
import type { TrainingMode } from '../engine/guarded-training.ts';
import { carriedSchema } from './carried.ts';
import type { PreparedRun } from './prepare-run.ts';

/** What a resume checkpoint keeps besides the state. */
const resumeFactsSchema = z.object({
  /** Hash of what the run is: whatever changes a bit of it. */
  content: z.string(),
  computedBy: computedBySchema,
  /** That were trained side by side with it, itself included. */
  networks: z.int().min(1).default(1),
  mode: z.enum(['compiled', 'eager']) satisfies z.ZodType<TrainingMode['mode']>,
  carried: carriedSchema,
});
export type ResumeFacts = z.infer<typeof resumeFactsSchema>;

export function writtenFacts(facts: ResumeFacts): Record<string, string> {
  return { format: 'kindling', kind: 'resume', facts: JSON.stringify(facts) };
}

/** @throws Error where they are not those of a resume checkpoint */
export function readFacts(written: Readonly<Record<string, string>>): ResumeFacts {
  return resumeFactsSchema.parse(JSON.parse(written['facts'] ?? ''));
}

/** The hash of what a run is. Where its data lies and how often it is saved is no part of that. */
export function contentOf({ specification, data }: Pick<PreparedRun, 'specification' | 'data'>): string {
  const { run, network, validationShare, trainingLimit, recipe, seed } = specification;
  const { hash } = data.dataset.description;
  const record = recordingsOf(specification);
  return canonicalHash({ run, network, validationShare, trainingLimit, recipe, seed, record, hash });
}
