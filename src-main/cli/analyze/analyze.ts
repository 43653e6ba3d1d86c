import { LAST } from '../../../src-shared/analysis/checkpoints.ts';
import { type AnalysesAt, byCheckpoint } from './by-checkpoint.ts';
import { chooseSubjects } from './choose-subjects.ts';
import { saidSettings } from './said-settings.ts';
import { imagesOf } from './images-of.ts';
import { tellDisk } from './tell-disk.ts';
import { tellImages } from './tell-images.ts';
import { recallAnalyses, type RecalledAnalysis } from '../../analysis/analyze-runs.ts';
import { dataFor, type MissingPictures, picturesToPrepare } from '../../analysis/specify-subject.ts';
import { methodRequests } from '../../analysis/method-requests.ts';
import { METHODS } from '../../analysis/methods/registry.ts';
import { dataFolder } from '../../home.ts';
import { doTask } from '../application/do-task.ts';
import { engineThere } from '../application/engine-there.ts';
import { openToRead } from '../open-to-read.ts';
import { printJson } from '../output.ts';
import { printAnalyses } from './print-analyses.ts';

export interface AnalyzeOptions {
  readonly list?: boolean;
  readonly methods?: readonly string[];
  readonly images?: string;
  readonly classes?: string;
  readonly grey: 'convert' | 'leave-out';
  readonly set: readonly string[];
  readonly study?: string;
  readonly filter?: string;
  readonly json?: boolean;
  readonly checkpoint?: readonly string[];
  readonly recompute?: boolean;
  readonly recipe?: string;
  readonly output?: string;
}

/**
 * Analyses runs and prints what was found.
 * @throws Problem, Interrupted after Ctrl-C
 */
export async function analyze(file: string, ids: readonly string[], options: AnalyzeOptions): Promise<void> {
  const methods = options.methods ?? representationMethods();
  const { count, data: named } = imagesOf(options);
  const settings = saidSettings(options.set, count);
  const asked = methodRequests(methods, settings);
  const checkpoints = options.checkpoint ?? [LAST];
  const data = dataFor(
    asked.map(({ method }) => method),
    named,
  );
  if (named !== data)
    console.error('kindling: these methods look at the weights alone: no images were read.');
  const store = openToRead(file);
  try {
    const runs = chooseSubjects(store, ids, options);
    const dataRoot = dataFolder();
    const toPrepare = (): MissingPictures[] => picturesToPrepare(store, runs, { dataRoot, data });
    const recall = (): RecalledAnalysis[] =>
      recallAnalyses({ runs, asked, data, checkpoints }, store, dataRoot);
    const again = options.recompute ?? false;
    const missing = toPrepare();
    if (again || missing.length > 0 || recall().some(({ known }) => known === null)) {
      tellDisk(store, { runs, asked, data, again, checkpoints }, missing);
      const parameters = {
        ...{ runs, methods: [...methods], settings, data, again },
        checkpoints: [...checkpoints],
      };
      await doTask(file, {
        command: 'analyze',
        start: async (client) => {
          const there = await engineThere(client);
          if (there !== null) console.error(`kindling: ${client.host} computes, ${there}.`);
          return client.request('analysis.start', parameters);
        },
        stopped: 'stopped; results so far are kept. Run the command again to continue.',
      });
    }
    if (data !== null) tellImages(store, runs, { dataRoot, data });
    const analyses = recall().flatMap(({ known }) => known ?? []);
    const found = byCheckpoint(runs, analyses);
    if (options.json) printJson(asJson(found));
    else await printAnalyses(store, found);
  } finally {
    store.close();
  }
}

function representationMethods(): string[] {
  return METHODS.filter(({ family }) => family === 'representation').map(({ name }) => name);
}

/** Of one run at one checkpoint an object, of several an array of them. */
function asJson(found: readonly AnalysesAt[]): unknown {
  const all = found.map(({ run, checkpoint, analyses }) => ({
    run,
    ...(checkpoint === LAST ? {} : { checkpoint }),
    results: analyses.flatMap(({ results }) => results),
    files: analyses.flatMap(({ method, files }) => files.map((file) => ({ method, ...file }))),
  }));
  return all.length === 1 ? all[0] : all;
}
