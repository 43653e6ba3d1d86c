import { answerWork } from '../work/answer-work.ts';
import { verifyDataset, VERIFYING } from './verify-dataset.ts';

answerWork(VERIFYING, () => ({
  about: null,
  work: (task) => {
    verifyDataset(task);
    return null;
  },
}));
