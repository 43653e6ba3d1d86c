import { answerAsThread } from '../threads/answer-as-thread.ts';
import { checkStore } from './check-store.ts';

answerAsThread(checkStore);
