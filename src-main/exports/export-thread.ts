import { answerWork } from '../work/answer-work.ts';
import { EXPORTING } from './export-in-thread.ts';
import { makeExport } from './make-export.ts';

answerWork(EXPORTING, () => ({ about: null, work: makeExport }));
