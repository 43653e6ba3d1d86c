import type {
  Analysis,
  AnalysisResult,
  AnalysisSettings,
} from '../../src-shared/analysis/analysis-result.ts';
import type { ArrivingAnalysis } from '../../src-shared/analysis/arriving.ts';
import { checkpointSetting, EACH, LAST, overTraining } from '../../src-shared/analysis/checkpoints.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { Store } from '../store/store.ts';
import { analysisFolder } from '../artifacts/analysis-folder.ts';
import type { MethodRequest } from './method-requests.ts';
import { analysisClock } from './analysis-clock.ts';
import { timeEstimate } from './analysis-times.ts';
import type { AnalysisAdvance, AnalysisWorker } from './analysis-work.ts';
import { type ComparedRuns, comparedRuns } from './compared-runs.ts';
import type { AnalysisMethod } from './method.ts';
import { specifySubject, specifySubjects, type SubjectData } from './specify-subject.ts';
import type { SeenSpecification, SubjectSpecification } from './subject-specification.ts';

/** A method with what it is asked. */
export interface AnalysisStep extends MethodRequest {
  /** What a recipe calls it; the method's own name without one. */
  readonly name?: string;
}

export interface AnalysisRequest {
  /** Ids of complete runs, ids or names of imported networks. */
  readonly runs: readonly string[];
  readonly asked: readonly AnalysisStep[];
  /** What imported networks are looked at on. */
  readonly data: SubjectData['data'];
  /** Kinds of checkpoints of the runs, or `each` of those over the training; the last, if left out. */
  readonly checkpoints?: readonly string[];
  /** Computes also what is known already. */
  readonly again: boolean;
}

/** What a method could not find out about a run. */
export interface AnalysisFailure {
  readonly run: string;
  /** Place of the method in what was asked. */
  readonly step: number;
  readonly problem: Problem;
}

export interface AnalysisProgress {
  /** `run k3f9a2qz`, `network squeezenet1_1` */
  readonly subject: string;
  /** The method, or what a recipe calls the step. */
  readonly step: string;
  /** Of all runs and methods: known already, and computed now or before. */
  readonly done: number;
  readonly total: number;
  /** Of the present one, from 0 to 1. */
  readonly share: number;
  /** By the pace so far and the times of earlier analyses; null as long as nothing tells. */
  readonly secondsLeft: number | null;
}

export interface AnalysisContext {
  /** Asked for each time, as a restore may put another in its place. */
  readonly store: () => Store;
  readonly worker: AnalysisWorker;
  /** Folder of the prepared data sets. */
  readonly dataRoot: string;
  readonly onProgress: (progress: AnalysisProgress) => void;
  /** Told what an analysis has found so far, as layers come, and what becomes of it. */
  readonly onArriving?: (analysis: ArrivingAnalysis) => void;
  /** Told what fails, and the rest goes on; without it the first failure ends all. */
  readonly onFailure?: (failure: AnalysisFailure) => void;
  readonly signal?: AbortSignal;
}

/**
 * Finds out what methods tell of runs, run by run. What the store knows is not computed again, and each finding is
 * stored at once, so that what is cut off goes on where it was. Only this process writes the store.
 *
 * @returns in the order of runs and methods
 * @throws Problem `not-found`, `usage` for a run that is not complete; of the store; of the methods, unless failures are
 *   told; the signal's reason
 */
export async function analyzeRuns(request: AnalysisRequest, context: AnalysisContext): Promise<Analysis[]> {
  const { store, worker, dataRoot, onFailure = endAll, onArriving, signal } = context;
  const planned = plan(request, { store: store(), dataRoot, onFailure });
  const missing = planned.filter(({ known }) => known === null);
  const clock = progressClock(planned.length, missing, context);
  const analyses: Analysis[] = [];
  const where = { dataRoot, data: request.data };
  for (const each of planned) {
    const { subject, step, method, settings, own, known, peers } = each;
    const { run, artifacts } = subject;
    if (known !== null) {
      analyses.push(known);
      continue;
    }
    clock.begin(each);
    const task = {
      subject,
      peers: peers.map((peer) => specifySubject(store(), peer, { ...where, checkpoint: subject.checkpoint })),
      method: method.name,
      settings: own,
      folder: analysisFolder(artifacts, method.name, settings),
    };
    const arriving = arrival({ run, method: method.name, settings }, onArriving);
    try {
      const onProgress = ({ share, found }: AnalysisAdvance): void => {
        clock.share(share);
        arriving.add(found);
      };
      const findings = await worker.work(task, { onProgress, signal });
      const createdAt = new Date().toISOString();
      const analysis: Analysis = { run, method: method.name, settings, ...findings, createdAt };
      store().saveAnalysis(analysis);
      arriving.end('stored');
      analyses.push(analysis);
    } catch (error) {
      arriving.end('dropped');
      if (!(error instanceof Problem)) throw error;
      onFailure({ run, step, problem: error });
    }
    clock.end();
  }
  return analyses;
}

/** What arrives of one analysis, of which nothing is told before there is something. */
function arrival(
  of: Pick<Analysis, 'run' | 'method' | 'settings'>,
  onArriving: AnalysisContext['onArriving'] = () => undefined,
) {
  const createdAt = new Date().toISOString();
  let results: readonly AnalysisResult[] = [];
  const tell = (state: ArrivingAnalysis['state']): void => {
    if (results.length > 0) onArriving({ ...of, results, files: [], seconds: 0, createdAt, state });
  };
  return {
    add: (found: readonly AnalysisResult[]): void => {
      if (found.length === 0) return;
      results = [...results, ...found];
      tell('arriving');
    },
    end: tell,
  };
}

/** One method asked of one run, with what the store knows of it; null where it is still to be found out. */
export interface RecalledAnalysis {
  readonly run: string;
  /** Place of the method in what was asked. */
  readonly step: number;
  readonly known: Analysis | null;
}

type Recall = Omit<AnalysisRequest, 'again'>;

/**
 * What the store knows of all that is asked, in the order of runs and methods.
 * @param onFailure told of methods that cannot be asked of a run, which are left out; without it the first is thrown
 * @throws Problem `not-found`, `usage` for a run that is not complete
 */
export function recallAnalyses(
  request: Recall,
  store: Store,
  dataRoot: string,
  onFailure: (failure: AnalysisFailure) => void = endAll,
): RecalledAnalysis[] {
  const planned = plan({ ...request, again: false }, { store, dataRoot, onFailure });
  return planned.map(({ subject, step, known }) => ({ run: subject.run, step, known }));
}

/** The analyses that the store knows of all that is asked. @throws as `recallAnalyses` does */
export function knownOf(request: Recall, store: Store, dataRoot: string): Analysis[] {
  return recallAnalyses(request, store, dataRoot).flatMap(({ known }) => known ?? []);
}

function endAll({ problem }: AnalysisFailure): never {
  throw problem;
}

interface PlannedAnalysis {
  readonly subject: SubjectSpecification;
  readonly step: number;
  readonly name: string;
  readonly method: AnalysisMethod;
  /** Those of the method. */
  readonly own: AnalysisSettings;
  /** With what else its findings depend on, by which they are known again. */
  readonly settings: AnalysisSettings;
  readonly peers: readonly string[];
  readonly known: Analysis | null;
}

interface PlanContext {
  readonly store: Store;
  readonly dataRoot: string;
  readonly onFailure: (failure: AnalysisFailure) => void;
}

/** Everything that can be refused is refused here, before anything is computed. */
function plan(
  { runs, asked, again, data, checkpoints = [LAST] }: AnalysisRequest,
  { store, dataRoot, onFailure }: PlanContext,
): PlannedAnalysis[] {
  const methods = asked.map(({ method }) => method);
  const looks = runs.flatMap((run) =>
    checkpointsOf(store, run, checkpoints).map((checkpoint) => ({ run, checkpoint })),
  );
  return looks.flatMap(({ run, checkpoint }) => {
    const subjectFor = specifySubjects(store, run, { dataRoot, data, checkpoint }, methods);
    return asked.flatMap((request, step): PlannedAnalysis[] => {
      const subject = subjectFor(request.method);
      try {
        return [{ ...planOne(request, { subject, store, again }), step }];
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        onFailure({ run: subject.run, step, problem: error });
        return [];
      }
    });
  });
}

/** @throws Problem `not-found` for a checkpoint that the run does not have */
function checkpointsOf(store: Store, run: string, wanted: readonly string[]): string[] {
  if (wanted.every((kind) => kind === LAST)) return [LAST];
  const kinds = store.findNetwork(run) === null ? store.artifacts(run).map(({ kind }) => kind) : [LAST];
  const course = overTraining(kinds);
  const chosen = [...new Set(wanted.flatMap((kind) => (kind === EACH ? course : [kind])))];
  const missing = chosen.find((kind) => kind !== LAST && !kinds.includes(kind));
  if (missing === undefined) return chosen;
  throw new Problem(
    'not-found',
    `Run ${run} has no checkpoint ${missing}; it has ${kinds.join(', ')}. Checkpoints over training are kept where the study file says so: record: { checkpoints: 5 }.`,
  );
}

function planOne(
  { method, settings, name = method.name }: AnalysisStep,
  {
    subject,
    store,
    again,
  }: { readonly subject: SubjectSpecification; readonly store: Store; readonly again: boolean },
): Omit<PlannedAnalysis, 'step'> {
  const compared = method.comparesRuns === true ? comparedWith(store, subject, method) : null;
  const own = { ...settings, ...compared?.settings };
  const used = {
    ...own,
    ...(subject.kind === 'network' ? seenBy(subject) : {}),
    ...(subject.kind === 'run' ? checkpointSetting(subject.checkpoint) : {}),
  };
  const known = again ? null : store.findAnalysis(subject.run, method.name, used);
  return { subject, name, method, own, settings: used, peers: compared?.peers ?? [], known };
}

function comparedWith(store: Store, subject: SubjectSpecification, { title }: AnalysisMethod): ComparedRuns {
  if (subject.kind === 'run') return comparedRuns(store, subject.run);
  throw new Problem(
    'usage',
    `${title} compares the runs of a study, and the network ${subject.name} belongs to none.`,
  );
}

/** What findings about an imported network depend on besides its weights; as it was imported needs no words. */
function seenBy({
  data,
  dataHash,
  preprocessing,
}: Extract<SeenSpecification, { kind: 'network' }>): AnalysisSettings {
  return { data, dataHash, ...(preprocessing === null ? {} : { preprocessing }) };
}

function subjectWords(subject: SubjectSpecification): string {
  if (subject.kind !== 'run') return `network ${subject.name}`;
  const at = subject.checkpoint === LAST ? '' : ` at ${subject.checkpoint}`;
  return `run ${subject.run}${at}`;
}

/** Turns the shares of single analyses into the progress of all. @param missing those that are computed, in order */
function progressClock(
  total: number,
  missing: readonly PlannedAnalysis[],
  { store, onProgress }: Pick<AnalysisContext, 'store' | 'onProgress'>,
) {
  const estimate = timeEstimate(store());
  const clock = analysisClock(missing.map(({ subject, ...asked }) => estimate(subject.run, asked)));
  let done = total - missing.length;
  let present = { subject: '', step: '' };
  const tell = (share: number): void =>
    onProgress({ ...present, done, total, share, secondsLeft: clock.secondsLeft(share) });
  return {
    begin: ({ subject, name }: PlannedAnalysis): void => {
      present = { subject: subjectWords(subject), step: name };
      tell(0);
    },
    share: tell,
    end: (): void => {
      done++;
      clock.end();
    },
  };
}
