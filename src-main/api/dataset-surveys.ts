import path from 'node:path';
import { LRUCache } from 'lru-cache';
import { whole } from '../../src-shared/numbers.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import type { DatasetSurvey } from '../../src-shared/datasets/dataset-survey.ts';
import { counted } from '../../src-shared/counted.ts';
import { checkName } from '../datasets/ensure-dataset.ts';
import { describeDataset } from '../datasets/describe-dataset.ts';
import { knownDataset } from '../datasets/known-dataset.ts';
import { keepSurvey, readSurvey } from '../datasets/survey/kept-survey.ts';
import { surveyElsewhere } from '../datasets/survey/survey-elsewhere.ts';
import type { Tasks } from './tasks.ts';

export interface DatasetSurveys {
  /** What was found in a data set as it is now; null before it was looked at, and where it is not there. */
  find(name: string): DatasetSurvey | null;
  /** Looks at all of it, once for all who ask meanwhile. @throws Problem `usage` for a name that is none */
  look(name: string): Task;
}

/** Surveys that could not be kept in a folder, as it may only be read. */
const MOST_HELD = 4;

export function datasetSurveys(dataRoot: string, tasks: Tasks): DatasetSurveys {
  const held = new LRUCache<string, DatasetSurvey>({ max: MOST_HELD });
  return {
    find: (name) => {
      checkName(name);
      const hash = knownDataset(() => describeDataset(name, dataRoot))?.hash ?? '';
      return held.get(hash) ?? readSurvey(path.join(dataRoot, name), hash);
    },
    look: (name) => {
      checkName(name);
      return tasks.start({
        title: `Look at the images of ${name}`,
        subject: `survey of ${name}`,
        changes: 'surveys',
        isShared: true,
        work: async ({ signal, report }) => {
          const survey = await surveyElsewhere(
            { name, dataRoot },
            { signal, onProgress: ({ phase, share }) => report({ phase, share }) },
          );
          if (!keepSurvey(path.join(dataRoot, name), survey)) held.set(survey.hash, survey);
          const { acrossParts } = survey.near;
          const message = `${counted(survey.same.acrossParts, 'test image')} also in the training part, and ${whole(acrossParts)} nearly so.`;
          return { message, result: null };
        },
      });
    },
  };
}
