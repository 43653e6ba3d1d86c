import { answerWork } from '../work/answer-work.ts';
import { CHECKING, checkStudyTask } from './check-study.ts';

answerWork(CHECKING, () => ({ about: null, work: checkStudyTask }));
