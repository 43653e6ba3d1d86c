import { answerAsThread } from '../threads/answer-as-thread.ts';
import { addDataset } from './add-dataset.ts';
import type { AddDatasetTask } from './add-in-thread.ts';
import type { DatasetDescription } from './dataset.ts';
import type { DatasetProgress } from './progress.ts';

answerAsThread<AddDatasetTask, DatasetDescription, DatasetProgress>(({ name, ...options }, control) =>
  addDataset(name, { ...options, ...control }),
);
