import { setTimeout } from 'node:timers/promises';
import { answerAsThread } from '../../../src-main/threads/answer-as-thread.ts';
import { Problem } from '../../../src-shared/contract/problem.ts';

export type SampleTask = 'double' | 'problem' | 'bug' | 'leave' | 'wait' | 'spin';

answerAsThread<SampleTask, string, number>(async (task, { onProgress, signal }) => {
  onProgress(0.5);
  switch (task) {
    case 'double':
      return task + task;
    case 'problem':
      throw new Problem('not-found', 'There is none.');
    case 'bug':
      throw new TypeError('a bug of the work');
    case 'leave':
      return process.exit();
    case 'wait':
      await setTimeout(60_000, null, { signal });
      return 'waited';
    case 'spin':
      for (;;);
  }
});
