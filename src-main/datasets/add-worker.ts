import { answerWork } from '../work/answer-work.ts';
import { addDataset } from './add-dataset.ts';
import { ADDING } from './add-elsewhere.ts';

answerWork(ADDING, () => ({
  about: null,
  work: ({ name, ...task }, { onProgress, signal }) => addDataset(name, { ...task, onProgress, signal }),
}));
