import { answerAsThread } from '../threads/answer-as-thread.ts';
import { verifyDataset, type VerifyTask } from './verify-dataset.ts';

answerAsThread((task: VerifyTask) => {
  verifyDataset(task);
});
