import { answerWork } from '../work/answer-work.ts';
import { readCopy } from './read-copy.ts';
import { READING_COPY } from './read-in-thread.ts';

answerWork(READING_COPY, () => ({ about: null, work: (file) => readCopy(file) }));
