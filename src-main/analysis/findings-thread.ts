import { openStore } from '../store/open-store.ts';
import { answerAsThread } from '../threads/answer-as-thread.ts';
import type { FindingsTask } from './read-findings.ts';

answerAsThread(({ storeFile, runs, wanted }: FindingsTask) => {
  const store = openStore(storeFile, { purpose: 'read' });
  try {
    return store.analyses(runs, wanted);
  } finally {
    store.close();
  }
});
