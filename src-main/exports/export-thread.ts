import { answerAsThread } from '../threads/answer-as-thread.ts';
import { makeExport } from './make-export.ts';

answerAsThread(makeExport);
