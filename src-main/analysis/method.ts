import type { z } from 'zod';
import type { AnalysisFile, MethodDescription } from '../../src-shared/analysis/analysis-result.ts';
import type { AskableMethod } from '../../src-shared/analysis/settings.ts';
import { describeSettings } from './describe-settings.ts';
import type { FeatureKind } from './feature-kinds.ts';
import type { LayerResult } from './layer-result.ts';
import type { Subject } from './subject.ts';

export interface WrittenFile extends AnalysisFile {
  readonly bytes: Uint8Array;
}

export interface MethodOutput {
  readonly results: readonly LayerResult[];
  readonly files: readonly WrittenFile[];
}

export interface MethodControl {
  /** Told the share that is done, from 0 to 1. */
  readonly progress: (share: number) => void;
  /** Told of numbers as they come, which stay as they are: what the method returns has them, too. */
  readonly found: (results: readonly LayerResult[]) => void;
  /** Awaited now and then: lets messages through, and throws when the analysis is cancelled. */
  readonly pause: () => Promise<void>;
  /** Another run that the settings name, to compare with. @throws Problem `not-found` */
  readonly peer: (run: string) => Subject;
}

/**
 * One way to look at a trained network. A method is a folder of `methods/`, called as it is, and one line in
 * `methods/all.ts`: `index.ts` says what it is, `compute.ts` computes it, README.md is its page. Who lists methods or
 * reads settings loads no TensorFlow.js: only the registry knows the computations.
 */
export interface AnalysisMethod<Settings extends z.ZodObject = z.ZodObject> extends MethodDescription {
  /** Place in its family, in which methods are shown and computed: what is quick and tells most first. Without one, last. */
  readonly order?: number;
  /** All that the results depend on besides the run, each with a default; part of the cache's key. */
  readonly settings: Settings;
  /** What it pools layers to, where it has no setting `features` for it; averages, if left out. */
  readonly features?: FeatureKind;
  /** Its settings `cells`, `sameSeed` and `seeds` name runs to compare with, as compared-runs.ts chooses them. */
  readonly comparesRuns?: true;
  /** Its setting `images` counts single images, the classes in turn, where that of others stands for as many of each class. */
  readonly inTurn?: true;
  /** It looks at the weights alone: of an imported network it needs no images, and sees all its classes. */
  readonly ofWeights?: true;
}

/** Gives `compute` the type of its own settings. */
export function defineMethod<Settings extends z.ZodObject>(
  method: AnalysisMethod<Settings>,
): AnalysisMethod<Settings> {
  return method;
}

export type SettingsOf<Method extends AnalysisMethod> = z.output<Method['settings']>;

/** A pure function of subject and settings: the same ones give the same numbers. */
export type Computation<Method extends AnalysisMethod = AnalysisMethod> = (
  subject: Subject,
  settings: SettingsOf<Method>,
  control: MethodControl,
) => Promise<MethodOutput>;

/** What people are told of a method, without what runs it. */
export function describeMethod(method: AnalysisMethod): AskableMethod {
  const {
    name,
    title,
    family,
    about,
    scatter,
    measures,
    settings,
    comparesRuns = false,
    ofWeights = false,
  } = method;
  return {
    name,
    title,
    family,
    about,
    scatter,
    measures,
    settings: describeSettings(settings),
    comparesRuns,
    needsImages: !ofWeights,
  };
}
