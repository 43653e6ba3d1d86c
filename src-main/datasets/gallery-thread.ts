import { answerWork } from '../work/answer-work.ts';
import { readGallery, SHOWING_IMAGES } from './gallery.ts';

answerWork(SHOWING_IMAGES, () => ({ about: null, work: readGallery }));
