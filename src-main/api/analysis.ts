import {
  type AnalysisEstimate,
  analysisTitle,
  type analysisRequests,
  type FailedStep,
} from '../../src-shared/contract/api/analysis.ts';
import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import { counted } from '../../src-shared/counted.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import { arrivingAnalyses, type ArrivingAnalyses } from './arriving-analyses.ts';
import {
  type AnalysisContext,
  type AnalysisFailure,
  type AnalysisProgress,
  type AnalysisRequest,
  type AnalysisStep,
  analyzeRuns,
} from '../analysis/analyze-runs.ts';
import { estimateAnalyses } from '../analysis/estimate-analyses.ts';
import { layerQuestions } from '../recipes/layer-questions.ts';
import { requireDisk } from '../analysis/disk-need.ts';
import { methodRequests } from '../analysis/method-requests.ts';
import { describeMethod } from '../analysis/method.ts';
import { METHODS } from '../analysis/methods/registry.ts';
import { outcomesOf } from '../analysis/read-outcomes.ts';
import { readAnalysisFile } from '../artifacts/read-analysis-file.ts';
import { type PictureFolder } from '../analysis/images/picture-folder.ts';
import { prepareElsewhere } from '../analysis/images/prepare-elsewhere.ts';
import { needOfRequest } from '../analysis/seen-network.ts';
import {
  picturesRoot,
  picturesToPrepare,
  dataFor,
  specifySubjects,
  type SubjectData,
} from '../analysis/specify-subject.ts';
import { analysisEngine } from '../engine/analysis-engine.ts';
import { dataFolder, imageRoots } from '../home.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';
import { hostPath } from './host-path.ts';
import type { TaskProgress } from './tasks.ts';

type AskedStep = CheckedParametersOf<'analysis.steps'>['steps'][number];
type AnalysisHost = Pick<Host, 'home' | 'store' | 'storeFile' | 'tasks' | 'analyst' | 'findings' | 'emit'>;

/** The host, and what arrives of its analyses, of which there is one at a time. */
type AskedHost = AnalysisHost & { readonly arriving: ArrivingAnalyses };

/** The requests about what the layers of trained networks do. */
export function analysisHandlers(given: AnalysisHost): HandlersOf<typeof analysisRequests> {
  const host: AskedHost = { ...given, arriving: arrivingAnalyses(given.emit) };
  return {
    'analysis.methods': () => METHODS.map(describeMethod),
    'analysis.results': ({ runs, ...wanted }) =>
      // even a thread that waits is asked for nothing where there is nothing to find
      host.store().hasAnalyses(runs) ? host.findings.work({ storeFile: host.storeFile, runs, wanted }) : [],
    'analysis.known': ({ runs }) => host.store().knownAnalyses(runs),
    'analysis.overview': () => host.store().analysedSubjects(),
    'analysis.arriving': () => host.arriving.list(),
    'analysis.questions': () => layerQuestions(),
    'analysis.estimate': (parameters) => estimate(host, parameters),
    'analysis.outcomes': ({ run, images }) =>
      outcomesOf(run, images, { store: host.store(), roots: imageRoots(host.home) }),
    'analysis.start': (parameters) => startAnalysis(host, parameters),
    'analysis.steps': (parameters) => startSteps(host, parameters),
    'analysis.file': ({ file, ...analysis }) => {
      const { bytes, mediaType } = readAnalysisFile(host.store(), analysis, file);
      return { fileName: file, mediaType, bytes: new Uint8Array(bytes) };
    },
  };
}

function startAnalysis(
  host: AskedHost,
  { runs, methods, settings, data, again, checkpoints }: CheckedParametersOf<'analysis.start'>,
): Task {
  const asked = methodRequests(methods, settings);
  return startTask(host, { runs, asked, data, again, checkpoints }, { end: () => null });
}

function estimate(
  { home, store }: AnalysisHost,
  { runs, steps, data, checkpoints }: CheckedParametersOf<'analysis.estimate'>,
): AnalysisEstimate {
  const asked = steps.flatMap(namedRequests);
  const methods = asked.map(({ method }) => method);
  const request = { runs, asked, data: dataFor(methods, onThisMachine(data)), checkpoints };
  return estimateAnalyses(request, store(), dataFolder(home));
}

function namedRequests({ name, method, settings }: AskedStep): AnalysisStep[] {
  return methodRequests([method], settings).map((request) => ({ ...request, name }));
}

/** What fails of the steps is what comes of the task. */
function startSteps(
  host: AskedHost,
  { runs, steps, data, again, checkpoints }: CheckedParametersOf<'analysis.steps'>,
): Task<readonly FailedStep[]> {
  const asked = steps.flatMap(namedRequests);
  const failures: FailedStep[] = [];
  const onFailure = ({ run, step, problem }: AnalysisFailure): void =>
    void failures.push({ run, step, message: problem.message });
  return startTask(host, { runs, asked, data, again, checkpoints }, { onFailure, end: () => failures });
}

interface TaskOfAnalyses<Result> extends Pick<AnalysisContext, 'onFailure'> {
  /** What comes of it. */
  readonly end: () => Result;
}

/** What can be seen to be wrong at once is answered at once, the rest by the task. */
function startTask<Result>(
  { home, store, tasks, analyst, arriving }: AskedHost,
  asked: AnalysisRequest,
  { end, ...telling }: TaskOfAnalyses<Result>,
): Task<Result> {
  const methods = asked.asked.map(({ method }) => method);
  const request = { ...asked, data: dataFor(methods, onThisMachine(asked.data)) };
  const { runs, data } = request;
  const dataRoot = dataFolder(home);
  const missing = picturesToPrepare(store(), runs, { dataRoot, data });
  if (missing.length === 0)
    for (const run of runs) specifySubjects(store(), run, { dataRoot, data }, methods);
  const engine = analysisEngine(home);
  requireDisk(home, needOfRequest(store(), request, { dataRoot, folder: home, missing }));
  return tasks.start({
    title: analysisTitle(runs),
    subject: 'analysis',
    changes: 'analyses',
    afterCancel: 'cancelled; analyses that were done are kept, of the last one nothing is.',
    work: async ({ signal, report }) => {
      const onProgress = (progress: AnalysisProgress): void => report(inWords(progress));
      for (const folder of missing)
        await prepareElsewhere(
          { root: picturesRoot(dataRoot), folder },
          { signal, onProgress: preparingProgress(folder, report) },
        );
      const told = { onProgress, onArriving: arriving.tell, signal, ...telling };
      const analyses = await analyst.use(engine, (worker) =>
        analyzeRuns(request, { store, worker, dataRoot, ...told }),
      );
      const numbers = analyses.reduce((sum, { results }) => sum + results.length, 0);
      const message = `${counted(numbers, 'number')} by ${counted(request.asked.length, 'method')}.`;
      return { message, result: end() };
    },
  });
}

/** The paths may have been typed into the page. @throws Problem `usage` as `hostPath` does */
function onThisMachine(data: SubjectData['data']): SubjectData['data'] {
  if (data === null || typeof data === 'string') return data;
  const { folder, classes } = data;
  return { ...data, folder: hostPath(folder), classes: classes === null ? null : hostPath(classes) };
}

/** With an estimate from the pace so far. */
function preparingProgress({ pictures }: PictureFolder, report: (progress: TaskProgress) => void) {
  const startedAt = performance.now();
  return (share: number): void => {
    const seconds = (performance.now() - startedAt) / 1000;
    const secondsLeft = share === 0 ? null : (seconds * (1 - share)) / share;
    report({ phase: `reading ${counted(pictures.length, 'picture')}`, share, secondsLeft });
  };
}

function inWords({ subject, step, done, total, share, secondsLeft }: AnalysisProgress): TaskProgress {
  return {
    phase: `${step} of ${subject}, ${done + 1} of ${total}`,
    share: Math.min(1, (done + share) / total),
    secondsLeft,
  };
}
