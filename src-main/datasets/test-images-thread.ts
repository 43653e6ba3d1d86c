import { answerWork } from '../work/answer-work.ts';
import { READING_TEST_IMAGES, testImages } from './test-images.ts';

answerWork(READING_TEST_IMAGES, () => ({ about: null, work: testImages }));
