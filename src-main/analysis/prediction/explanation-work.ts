import { z } from 'zod';
import { explanationSchema, type ExplainedPicture } from '../../../src-shared/contract/api/pictures.ts';
import { preprocessingSchema } from '../../../src-shared/networks/preprocessing.ts';
import { analysisEnvironment } from '../analysis-environment.ts';
import { type WarmWorker, warmWorker } from '../../work/warm-worker.ts';
import { TIMEOUTS, type WorkKind } from '../../work/work-kind.ts';

const png = z.instanceof(Uint8Array) as z.ZodType<Uint8Array<ArrayBuffer>>;

const taskSchema = z.object({
  /** Path of the network's checkpoint. */
  checkpoint: z.string(),
  preprocessing: preprocessingSchema,
  picture: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('file'), name: z.string(), bytes: png }),
    /** An image of the test part of the prepared data set in a folder, with its name for messages. */
    z.object({ kind: z.literal('test'), name: z.string(), folder: z.string(), image: z.int() }),
  ]),
  explanation: explanationSchema,
});
export type ExplanationTask = z.output<typeof taskSchema>;

const explainedSchema: z.ZodType<ExplainedPicture> = z.object({
  predictions: z.array(z.object({ index: z.int(), name: z.string(), probability: z.number() })),
  seen: png,
  preprocessing: z.string(),
  map: png.nullable(),
  isEmpty: z.boolean(),
  layer: z.string().nullable(),
  layers: z.array(z.string()),
});

/** Milliseconds: somebody has gone on to something else, and a large network is not heard from during a pass. */
const GRACE = 1500;

/** Explains what a network makes of one picture; keeps the networks of its last tasks open. */
export const EXPLANATION: WorkKind<ExplanationTask, ExplainedPicture> = {
  who: 'The explaining process',
  program: new URL('./explanation-main.ts', import.meta.url),
  carrier: 'process',
  task: taskSchema,
  result: explainedSchema,
  progress: z.never(),
  about: z.null(),
  lessMemory: 'a smaller network',
  timeouts: { ...TIMEOUTS, grace: GRACE },
};

/** @param home folder of the engines */
export function explanationWorker(home: string): WarmWorker<ExplanationTask, ExplainedPicture> {
  return warmWorker(EXPLANATION, () => analysisEnvironment(home));
}
