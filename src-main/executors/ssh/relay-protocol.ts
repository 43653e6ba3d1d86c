import { z } from 'zod';
import { checkSchema } from '../../../src-shared/contract/api/settings.ts';
import type { SubmittedRuns, Workers } from '../../../src-shared/contract/api/studies.ts';
import { problemSchema } from '../../../src-shared/contract/work-protocol.ts';
import {
  artifactSchema,
  engineDescriptionSchema,
  runSpecificationSchema,
  trainingOutcomeSchema,
  trainingProgressSchema,
} from '../../../src-shared/studies/trainer-protocol.ts';

/**
 * What an application says to the relay that `ssh` has started for it on a host (`kindling cluster relay`), and hears: JSON a line, bytes
 * behind it, over the input and output of the relay. Both are of one version of Kindling, or the application leaves.
 */

/** What comes before it in the output is of others, as the greeting of a shell. */
export const RELAY_MARK = '\u001eKindling relay\n';

/** Milliseconds between two signs of life of either, and without any, after which the other one counts as gone. */
export const ALIVE_MS = 15_000;
export const SILENCE_MS = 90_000;

/** Bytes of a file in one message. */
export const PIECE_BYTES = 1 << 18;

/** A file as it has to be when it has arrived. */
const fileSchema = artifactSchema.omit({ kind: true });
export type RelayedFile = z.infer<typeof fileSchema>;

const workersSchema: z.ZodType<Workers> = z.object({
  running: z.int(),
  waiting: z.int(),
  note: z.string().nullable(),
});

const submittedSchema: z.ZodType<SubmittedRuns> = z.object({
  title: z.string(),
  folder: z.string(),
  runs: z.int(),
  running: z.int(),
  hosts: z.array(z.string()),
  ended: z.int(),
  since: z.string(),
  collector: z.string().nullable(),
});

const datasetSchema = z.object({ name: z.string(), hash: z.string() });
export type NamedData = z.infer<typeof datasetSchema>;

/** How much has been told of a run, and what. */
const toldMarkSchema = z.object({ count: z.int(), sha256: z.string() });
export type ToldMark = z.infer<typeof toldMarkSchema>;

const nothing = z.strictObject({});
const none = z.null();
const bytes = z.instanceof(Uint8Array);

/** Of a run in a spool that has been opened. */
const seatSchema = z.object({ seat: z.int() });

/** What may be asked, each with its parameters, its answer, and what is told before that. */
export const RELAY_ASKS = {
  /** What studies need that are trained there by an executor with such settings. */
  examine: {
    parameters: z.object({ executor: z.string(), settings: z.unknown(), isProbed: z.boolean() }),
    answer: z.array(checkSchema),
    told: z.never(),
  },
  datasets: { parameters: nothing, answer: z.array(datasetSchema), told: z.never() },
  /** Opens the spool of a study, once. @returns its folder */
  open: {
    parameters: z.object({
      study: z.object({ name: z.string(), store: z.string() }),
      executor: z.string(),
      settings: z.unknown(),
    }),
    answer: z.string(),
    told: z.never(),
  },
  /** A seat from which runs are going to be followed. `wanted`: by which the executor is planned. */
  seat: {
    parameters: seatSchema.extend({
      threads: z.int(),
      wanted: z.object({ runs: z.int(), stepMacs: z.number(), jobs: z.int().nullable() }).nullable(),
    }),
    answer: none,
    told: z.never(),
  },
  /** Which of these files, from which a run goes on, are not there yet. */
  want: {
    parameters: z.object({ run: z.string(), files: z.array(fileSchema) }),
    answer: z.array(z.string()),
    told: z.never(),
  },
  /** The next bytes of such a file. */
  put: {
    parameters: z.object({ run: z.string(), file: fileSchema, offset: z.int(), bytes }),
    answer: none,
    told: z.never(),
  },
  /** Has a run trained. `told`: by a relay before, after which this one goes on; null where there was none. */
  work: {
    parameters: seatSchema.extend({
      specification: runSpecificationSchema,
      dataset: datasetSchema,
      told: toldMarkSchema.nullable(),
    }),
    answer: trainingOutcomeSchema,
    told: z.discriminatedUnion('type', [
      z.object({
        type: z.literal('begun'),
        by: z.object({
          engine: engineDescriptionSchema,
          host: z.string(),
          platform: z.string(),
          nodeVersion: z.string(),
          kindlingVersion: z.string(),
          repeats: z.object({ step: z.int(), interruptions: z.int() }).nullable(),
        }),
      }),
      z.object({ type: z.literal('progress'), progress: trainingProgressSchema }),
      z.object({ type: z.literal('handed over') }),
      z.object({ type: z.literal('trouble'), what: z.string() }),
      /** Files that belong to it; nothing more is told before they were brought. */
      z.object({ type: z.literal('files'), files: z.array(fileSchema) }),
    ]),
  },
  /** Such a file, from an offset on. */
  fetch: {
    parameters: z.object({ run: z.string(), file: z.string(), offset: z.int() }),
    answer: none,
    told: z.object({ bytes }),
  },
  brought: { parameters: z.object({ run: z.string() }), answer: none, told: z.never() },
  recorded: { parameters: seatSchema.extend({ run: z.string() }), answer: none, told: z.never() },
  /** Ends a seat at once; its run is given up. */
  kill: { parameters: seatSchema, answer: none, told: z.never() },
  /** @returns whether nothing is left of the spool */
  leave: {
    parameters: seatSchema.extend({ goesOnAlone: z.boolean() }),
    answer: z.boolean(),
    told: z.never(),
  },
  /** Of the spool in a folder, which need not be open. */
  runs: { parameters: z.object({ spool: z.string() }), answer: z.array(z.string()), told: z.never() },
  submitted: {
    parameters: z.object({ spool: z.string() }),
    answer: submittedSchema.nullable(),
    told: z.never(),
  },
  stop: { parameters: z.object({ spool: z.string(), run: z.string() }), answer: none, told: z.never() },
  drop: {
    parameters: z.object({ spool: z.string(), run: z.string(), isComplete: z.boolean() }),
    answer: none,
    told: z.never(),
  },
  'remove if empty': { parameters: z.object({ spool: z.string() }), answer: z.boolean(), told: z.never() },
};

export type RelayAsk = keyof typeof RELAY_ASKS;
export type AskParameters<Name extends RelayAsk> = z.infer<(typeof RELAY_ASKS)[Name]['parameters']>;
export type AskAnswer<Name extends RelayAsk> = z.infer<(typeof RELAY_ASKS)[Name]['answer']>;
export type AskTold<Name extends RelayAsk> = z.infer<(typeof RELAY_ASKS)[Name]['told']>;

export const toRelaySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ask'), id: z.int(), name: z.string(), parameters: z.unknown() }),
  /** End what was asked soon; answered all the same. */
  z.object({ type: z.literal('stop'), id: z.int() }),
  z.object({ type: z.literal('alive') }),
]);
export type ToRelay = z.infer<typeof toRelaySchema>;

export const fromRelaySchema = z.discriminatedUnion('type', [
  /** The first, in every version. */
  z.object({ type: z.literal('hello'), version: z.string(), home: z.string() }),
  z.object({ type: z.literal('told'), id: z.int(), what: z.unknown() }),
  z.object({ type: z.literal('answer'), id: z.int(), answer: z.unknown() }),
  z.object({ type: z.literal('failed'), id: z.int(), problem: problemSchema }),
  /** It was stopped before its end. */
  z.object({ type: z.literal('stopped'), id: z.int() }),
  /** Any other error. */
  z.object({ type: z.literal('bug'), id: z.int(), message: z.string() }),
  /** Who is there to train. */
  z.object({ type: z.literal('workers'), workers: workersSchema }),
  z.object({ type: z.literal('alive') }),
]);
export type FromRelay = z.infer<typeof fromRelaySchema>;
