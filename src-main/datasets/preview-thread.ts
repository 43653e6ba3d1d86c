import { answerAsThread } from '../threads/answer-as-thread.ts';
import { previewDataset } from './preview-dataset.ts';

answerAsThread(previewDataset);
