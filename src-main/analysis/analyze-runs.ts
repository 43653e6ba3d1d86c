import type { Analysis, AnalysisSettings } from '../../src-shared/analysis/analysis-result.ts';
import type { Store } from '../store/store.ts';
import { analysisFolder } from '../artifacts/analysis-folder.ts';
import type { MethodRequest } from './method-requests.ts';
import type { AnalysisWorker } from './analysis-work.ts';
import { comparedRuns } from './compared-runs.ts';
import type { AnalysisMethod } from './method.ts';
import { specifySubject } from './specify-subject.ts';

export interface AnalysisRequest {
  /** Ids of complete runs. */
  readonly runs: readonly string[];
  readonly asked: readonly MethodRequest[];
  /** Computes also what is known already. */
  readonly again: boolean;
}

export interface AnalysisProgress {
  readonly run: string;
  readonly method: string;
  /** Of all runs and methods: known already, and computed now or before. */
  readonly done: number;
  readonly total: number;
  /** Of the present one, from 0 to 1. */
  readonly share: number;
  /** Estimated from what has been computed so far; null in the beginning. */
  readonly secondsLeft: number | null;
}

export interface AnalysisContext {
  /** Asked for each time, as a restore may put another in its place. */
  readonly store: () => Store;
  readonly worker: AnalysisWorker;
  /** Folder of the prepared data sets. */
  readonly dataRoot: string;
  readonly onProgress: (progress: AnalysisProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Finds out what methods tell of runs, run by run. What the store knows is not computed again, and each finding is
 * stored at once, so that what is cut off goes on where it was. Only this process writes the store.
 *
 * @returns in the order of runs and methods
 * @throws Problem `not-found`, `usage` for a run that is not complete, those of the methods, and of the store; the
 *   signal's reason
 */
export async function analyzeRuns(request: AnalysisRequest, context: AnalysisContext): Promise<Analysis[]> {
  const { store, worker, dataRoot, onProgress, signal } = context;
  const planned = plan(request, store(), dataRoot);
  const missing = planned.filter(({ known }) => known === null).length;
  const clock = progressClock(planned.length, missing, onProgress);
  const analyses: Analysis[] = [];
  for (const { run, artifacts, method, settings, known, peers } of planned) {
    if (known !== null) {
      analyses.push(known);
      continue;
    }
    clock.begin(run, method.name);
    const findings = await worker.work(
      {
        subject: specifySubject(store(), run, dataRoot),
        peers: peers.map((peer) => specifySubject(store(), peer, dataRoot)),
        method: method.name,
        settings,
        folder: analysisFolder(artifacts, method.name, settings),
      },
      { onProgress: clock.share, signal },
    );
    const createdAt = new Date().toISOString();
    const analysis: Analysis = { run, method: method.name, settings, ...findings, createdAt };
    store().saveAnalysis(analysis);
    analyses.push(analysis);
    clock.end();
  }
  return analyses;
}

/**
 * What the store knows of all that is asked, in the order of runs and methods.
 * @throws Problem `not-found`, `usage` for a run that is not complete
 */
export function knownOf(request: Omit<AnalysisRequest, 'again'>, store: Store, dataRoot: string): Analysis[] {
  return plan({ ...request, again: false }, store, dataRoot).flatMap(({ known }) => known ?? []);
}

interface PlannedAnalysis {
  readonly run: string;
  readonly artifacts: string;
  readonly method: AnalysisMethod;
  readonly settings: AnalysisSettings;
  readonly peers: readonly string[];
  readonly known: Analysis | null;
}

/** Everything that can be refused is refused here, before anything is computed. */
function plan({ runs, asked, again }: AnalysisRequest, store: Store, dataRoot: string): PlannedAnalysis[] {
  return runs.flatMap((run) => {
    const { artifacts } = specifySubject(store, run, dataRoot);
    return asked.map(({ method, settings }) => {
      const compared = method.comparesRuns === true ? comparedRuns(store, run) : null;
      const used = { ...settings, ...compared?.settings };
      const known = again ? null : store.findAnalysis(run, method.name, used);
      return { run, artifacts, method, settings: used, peers: compared?.peers ?? [], known };
    });
  });
}

/** Turns the shares of single analyses into the progress of all. */
function progressClock(total: number, missing: number, onProgress: (progress: AnalysisProgress) => void) {
  const startedAt = performance.now();
  let done = total - missing;
  let computed = 0;
  let present = { run: '', method: '' };
  const tell = (share: number): void => {
    const seconds = (performance.now() - startedAt) / 1000;
    // the first method of the first run says little: the passes over the images are still to come
    const secondsLeft = computed === 0 ? null : (seconds * (missing - computed - share)) / (computed + share);
    onProgress({ ...present, done, total, share, secondsLeft });
  };
  return {
    begin: (run: string, method: string): void => {
      present = { run, method };
      tell(0);
    },
    share: tell,
    end: (): void => {
      done++;
      computed++;
    },
  };
}
