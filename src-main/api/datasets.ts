import path from 'node:path';
import type { datasetRequests } from '../../src-shared/contract/api/datasets.ts';
import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import { addDatasetElsewhere } from '../datasets/add-elsewhere.ts';
import { checkName } from '../datasets/ensure-dataset.ts';
import { listDatasets } from '../datasets/list-datasets.ts';
import { previewDatasetInThread } from '../datasets/preview-dataset.ts';
import { type DatasetProgress, describeDatasetProgress } from '../datasets/progress.ts';
import { testImagesInThread } from '../datasets/test-images.ts';
import { dataFolder, imageRoots } from '../home.ts';
import { counted } from '../../src-shared/counted.ts';
import { bytesDone } from './bytes-done.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';
import { hostPath } from './host-path.ts';
import type { TaskProgress, Tasks } from './tasks.ts';

/** The requests about data sets. */
export function datasetHandlers({
  home,
  tasks,
}: Pick<Host, 'home' | 'tasks'>): HandlersOf<typeof datasetRequests> {
  const dataRoot = dataFolder(home);
  return {
    'datasets.list': () => listDatasets(dataRoot),
    'datasets.add': (parameters) => startAdding(dataRoot, tasks, parameters),
    'datasets.testImages': ({ data, images }) =>
      testImagesInThread({ roots: imageRoots(home), data, images }),
    'datasets.preview': ({ name, perClass }) => previewDatasetInThread({ dataRoot, name, perClass }),
  };
}

/** What can be seen to be wrong at once is answered at once, the rest by the task. */
function startAdding(
  dataRoot: string,
  tasks: Tasks,
  { name, from: typed, options }: CheckedParametersOf<'datasets.add'>,
): Task {
  checkName(name);
  const from = typed === undefined ? undefined : hostPath(typed);
  return tasks.start({
    title: from === undefined ? `Add ${name}` : `Add ${name} from ${path.basename(from)}`,
    subject: `dataset ${name}`,
    work: async ({ signal, report }) => {
      const onProgress = (progress: DatasetProgress): void => report(inWords(progress));
      const added = await addDatasetElsewhere({ name, dataRoot, from, options }, { signal, onProgress });
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
