import { answerWork } from '../work/answer-work.ts';
import { checkStore, CHECKING } from './check-store.ts';

answerWork(CHECKING, () => ({ about: null, work: checkStore }));
