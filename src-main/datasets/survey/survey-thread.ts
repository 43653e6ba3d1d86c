import { answerWork } from '../../work/answer-work.ts';
import { surveyDataset } from './survey-dataset.ts';
import { SURVEYING } from './survey-elsewhere.ts';

answerWork(SURVEYING, () => ({ about: null, work: surveyDataset }));
