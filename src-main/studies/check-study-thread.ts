import { answerAsThread } from '../threads/answer-as-thread.ts';
import { checkStudyTask } from './check-study.ts';

answerAsThread(checkStudyTask);
