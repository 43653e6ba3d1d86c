import { openStore } from '../store/open-store.ts';
import { answerWork } from '../work/answer-work.ts';
import { FINDINGS } from './read-findings.ts';

answerWork(FINDINGS, () => ({
  about: null,
  work: ({ storeFile, runs, wanted }) => {
    const store = openStore(storeFile, { purpose: 'read' });
    try {
      return store.analyses(runs, wanted);
    } finally {
      store.close();
    }
  },
}));
