import path from 'node:path';
import type { datasetRequests } from '../../src-shared/contract/api/datasets.ts';
import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import { addDatasetElsewhere } from '../datasets/add-elsewhere.ts';
import { augmentInThread } from '../datasets/augmented-pictures.ts';
import { checkName } from '../datasets/ensure-dataset.ts';
import { listDatasets } from '../datasets/list-datasets.ts';
import { showImages } from '../datasets/gallery.ts';
import { type DatasetProgress, describeDatasetProgress } from '../datasets/progress.ts';
import { testImagesInThread } from '../datasets/test-images.ts';
import { dataFolder, imageRoots } from '../home.ts';
import { counted } from '../../src-shared/counted.ts';
import { type OfferAction, Problem } from '../../src-shared/mistakes/problem.ts';
import { datasetSurveys } from './dataset-surveys.ts';
import { bytesDone } from './bytes-done.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';
import { hostPath } from './host-path.ts';
import type { TaskProgress } from './tasks.ts';

/** What is offered where a study has no data set. */
const DATASET_ACTIONS: ReadonlySet<OfferAction> = new Set(['add-dataset', 'download-dataset']);

type DatasetHost = Pick<Host, 'home' | 'tasks' | 'uploads' | 'queue'>;

/** The requests about data sets. */
export function datasetHandlers(host: DatasetHost): HandlersOf<typeof datasetRequests> {
  const { home, tasks } = host;
  const dataRoot = dataFolder(home);
  const surveys = datasetSurveys(dataRoot, tasks);
  return {
    'datasets.list': () => listDatasets(dataRoot),
    'datasets.add': (parameters) => startAdding(host, parameters),
    'datasets.testImages': ({ data, images }) =>
      testImagesInThread({ roots: imageRoots(home), data, images }),
    'datasets.images': (wanted) => showImages({ dataRoot, ...wanted }),
    'datasets.augment': (wanted) => augmentInThread({ dataRoot, ...wanted }),
    'datasets.survey': ({ name }) => surveys.find(name),
    'datasets.look': ({ name }) => surveys.look(name),
  };
}

/** What can be seen to be wrong at once is answered at once, the rest by the task. */
function startAdding(
  { home, tasks, uploads, queue }: DatasetHost,
  { name, from: typed, upload, options, goOn }: CheckedParametersOf<'datasets.add'>,
): Task {
  checkName(name);
  if (typed !== undefined && upload !== undefined)
    throw new Problem('usage', 'A data set is added from a path or from what was sent, not from both.');
  const sent = upload === undefined ? undefined : uploads.fileOf(upload);
  const from = typed === undefined ? sent : hostPath(typed);
  return tasks.start({
    title: from === undefined ? `Add ${name}` : `Add ${name} from ${path.basename(from)}`,
    subject: `dataset ${name}`,
    changes: 'datasets',
    work: async ({ signal, report }) => {
      const onProgress = (progress: DatasetProgress): void => report(inWords(progress));
      const added = await addDatasetElsewhere(
        { name, dataRoot: dataFolder(home), from, options },
        { signal, onProgress },
      );
      if (upload !== undefined) await uploads.remove(upload);
      queue.mended(({ action, subject }) => DATASET_ACTIONS.has(action) && subject === name, goOn ?? null);
      const images = counted(added.trainingCount + added.testCount, 'image');
      const warnings = added.remarks.filter(({ level }) => level === 'warning').length;
      const also =
        warnings === 0 ? '' : ` There ${warnings === 1 ? 'is' : 'are'} ${counted(warnings, 'warning')}.`;
      const message = `${images} of ${added.shape.join('x')} in ${added.classes.length} classes.${also}`;
      return { message, result: null };
    },
  });
}

function inWords(progress: DatasetProgress): TaskProgress {
  const { done, total, images } = progress;
  const { share, detail } = bytesDone(done, total);
  const decoded = images > 0 ? counted(images, 'image') : '';
  return {
    phase: describeDatasetProgress(progress),
    share,
    detail: [detail, decoded].filter((part) => part !== '').join(', '),
  };
}
