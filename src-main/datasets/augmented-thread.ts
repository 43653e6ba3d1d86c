import { answerWork } from '../work/answer-work.ts';
import { AUGMENTING, augmentedPictures } from './augmented-pictures.ts';

answerWork(AUGMENTING, () => ({ about: null, work: augmentedPictures }));
