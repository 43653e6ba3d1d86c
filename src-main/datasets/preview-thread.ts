import { answerWork } from '../work/answer-work.ts';
import { previewDataset, PREVIEWING } from './preview-dataset.ts';

answerWork(PREVIEWING, () => ({ about: null, work: previewDataset }));
