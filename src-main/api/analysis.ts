import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analysisTitle, type analysisRequests } from '../../src-shared/contract/api/analysis.ts';
import type { ExportedFile } from '../../src-shared/contract/api/files.ts';
import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import { Problem } from '../../src-shared/contract/problem.ts';
import { analysisFolder } from '../analysis/analysis-folder.ts';
import { AnalysisProcess } from '../analysis/analysis-process.ts';
import { analyzeRuns, type AnalysisProgress } from '../analysis/analyze-runs.ts';
import { askedMethods } from '../analysis/asked-methods.ts';
import { describeMethod } from '../analysis/method.ts';
import { METHODS } from '../analysis/methods/index.ts';
import { specifySubject } from '../analysis/specify-subject.ts';
import { selectedEngine } from '../engine/provisioning/installation.ts';
import { dataFolder } from '../home.ts';
import type { Store } from '../store/store.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';
import type { TaskProgress } from './tasks.ts';

type AnalysisHost = Pick<Host, 'home' | 'store' | 'tasks'>;

/** The requests about what the layers of trained networks do. */
export function analysisHandlers(host: AnalysisHost): HandlersOf<typeof analysisRequests> {
  return {
    'analysis.methods': () => METHODS.map(describeMethod),
    'analysis.results': ({ runs, methods }) => host.store().analyses(runs, methods),
    'analysis.known': ({ runs }) => host.store().knownAnalyses(runs),
    'analysis.start': (parameters) => startAnalysis(host, parameters),
    'analysis.file': (parameters) => readAnalysisFile(host.store(), parameters),
  };
}

/** What can be seen to be wrong at once is answered at once, the rest by the task. */
function startAnalysis(
  { home, store, tasks }: AnalysisHost,
  { runs, methods, settings }: CheckedParametersOf<'analysis.start'>,
): Task {
  const dataRoot = dataFolder(home);
  for (const run of runs) specifySubject(store(), run, dataRoot);
  const asked = askedMethods(methods, settings);
  selectedEngine(home);
  return tasks.start({
    title: analysisTitle(runs),
    subject: 'analysis',
    afterCancel: 'cancelled; what was found is kept.',
    work: async ({ signal, report }) => {
      // A process for each task: a warm one would keep the images and features of its runs for nothing.
      const process = new AnalysisProcess(home);
      const onProgress = (progress: AnalysisProgress): void => report(inWords(progress));
      try {
        const analyses = await analyzeRuns(
          { runs, asked, again: false },
          { store, process, dataRoot, onProgress, signal },
        );
        const numbers = analyses.reduce((sum, { results }) => sum + results.length, 0);
        return `${numbers.toLocaleString('en-US')} numbers by ${methods.length} methods.`;
      } finally {
        process.close();
      }
    },
  });
}

function inWords({ run, method, done, total, share, secondsLeft }: AnalysisProgress): TaskProgress {
  return {
    phase: `${method} of run ${run}, ${done + 1} of ${total}`,
    share: Math.min(1, (done + share) / total),
    secondsLeft,
  };
}

/** @throws Problem `not-found` unless the store lists the file and it is there */
function readAnalysisFile(
  store: Store,
  { run, method, settings, file }: CheckedParametersOf<'analysis.file'>,
): ExportedFile {
  const { artifacts } = store.run(run);
  const listed = store.findAnalysis(run, method, settings)?.files.find((each) => each.file === file);
  // Only names that the store lists make a path: what the page says never does.
  if (artifacts === null || listed === undefined) {
    throw new Problem('not-found', `There is no file "${file}" of the method ${method} on the run ${run}.`);
  }
  const path = join(analysisFolder(artifacts, method, settings), listed.file);
  if (!existsSync(path)) {
    throw new Problem(
      'not-found',
      `${path} is gone; \`kindling analyze ${run} --methods ${method} --again\` makes it again.`,
    );
  }
  return { fileName: listed.file, mediaType: listed.mediaType, base64: readFileSync(path, 'base64') };
}
