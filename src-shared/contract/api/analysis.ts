import { z } from 'zod';
import type { Analysis, KnownAnalysis } from '../../analysis/analysis-result.ts';
import type { ArrivingAnalysis } from '../../analysis/arriving.ts';
import type { ImageOutcomes } from '../../analysis/outcomes.ts';
import { picturesSchema } from '../../analysis/pictures.ts';
import type { AskableMethod } from '../../analysis/settings.ts';
import type { LayerQuestion } from '../../recipes/question.ts';
import type { ExportedFile } from './files.ts';
import { nothing, request, requestOfBytes } from './request.ts';
import type { Task } from './tasks.ts';

const names = z.array(z.string()).min(1);
const settings = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** A prepared data set or a folder of pictures, on which imported networks are looked at; runs have their own. */
const data = z.union([z.string(), picturesSchema]).nullable().default(null);

/** Computes also what is known already. */
const again = z.boolean().default(false);

/** Kinds of checkpoints of runs, or `each` of those over the training. */
const checkpoints = z.array(z.string()).min(1).default(['last']);

/** Methods that each have a name and settings of their own. */
const steps = z.array(z.strictObject({ name: z.string(), method: z.string(), settings })).min(1);

/** A run or an imported network of which something is known. */
export interface AnalysedSubject {
  readonly id: string;
  readonly methods: readonly string[];
  /** When the newest was found. ISO 8601, UTC. */
  readonly newest: string;
}

export interface AnalysisEstimate {
  /** Of all steps of all runs, those that are known already. */
  readonly known: number;
  readonly missing: number;
  /** For those of the missing ones of whose methods the store has times of analyses on this machine. */
  readonly seconds: number;
  /** Missing ones without such times. */
  readonly untimed: number;
}

/** What a method could not find out about a run, and why. */
export interface FailedStep {
  readonly run: string;
  /** Place of the method in what was asked. */
  readonly step: number;
  readonly message: string;
}

export const analysisRequests = {
  /** What can be found out about the layers of a trained network. */
  'analysis.methods': request<readonly AskableMethod[]>()(nothing),
  /** What is known of these runs and imported networks (unknown ones are left out), oldest first: all, or the findings that are wanted. */
  'analysis.results': request<readonly Analysis[]>()(
    z.strictObject({
      runs: names,
      findings: names.optional(),
      layer: z.string().nullable().optional(),
      overTraining: z.boolean().optional(),
    }),
  ),
  /** What has been asked of these runs (unknown ones are left out), oldest first. */
  'analysis.known': request<readonly KnownAnalysis[]>()(z.strictObject({ runs: names })),
  /** Of which runs and networks anything is known. */
  'analysis.overview': request<readonly AnalysedSubject[]>()(nothing),
  /** What is found so far by the analysis that is being computed; none, or one. */
  'analysis.arriving': request<readonly ArrivingAnalysis[]>()(nothing),
  /** The questions about layers that recipes of the program answer. */
  'analysis.questions': request<readonly LayerQuestion[]>()(nothing),
  /** How long steps would take, before they are begun. */
  'analysis.estimate': request<AnalysisEstimate>()(z.strictObject({ runs: names, steps, data, checkpoints })),
  /**
   * What a run or an imported network predicts for its test images; null until the method `outcomes` has been asked.
   * `images` is the key of those that a network was looked at on, without which those of the newest outcomes are meant.
   */
  'analysis.outcomes': request<ImageOutcomes | null>()(
    z.strictObject({ run: z.string(), images: z.string().nullable().default(null) }),
  ),
  /**
   * Computes what is not known yet; what is found is there at once, whether the task comes to its end or not. One at a
   * time. Settings are named `images` for every method that has it, or `probe.images` for one; without them a method
   * uses its defaults.
   */
  'analysis.start': request<Task>()(
    z.strictObject({
      ...{ runs: names, methods: names, settings: settings.optional() },
      ...{ data, again, checkpoints },
    }),
  ),
  /**
   * The same for steps that each have a name and settings of their own, a method perhaps several times. What fails of them is told
   * at the end, and the others are done.
   */
  'analysis.steps': request<Task<readonly FailedStep[]>>()(
    z.strictObject({ runs: names, data, again, checkpoints, steps }),
  ),
  /** A file that an analysis names; run, method and settings are those of the analysis. */
  'analysis.file': requestOfBytes<ExportedFile>()(
    z.strictObject({
      run: z.string(),
      method: z.string(),
      settings,
      file: z.string(),
    }),
  ),
} as const;

/** What the task of `analysis.start` is called, by which it is known again. */
export function analysisTitle(runs: readonly string[]): string {
  return runs.length === 1 ? `Analyse ${runs[0] ?? ''}` : `Analyse ${runs.length} runs`;
}
