import type { ExportedFile as SentFile } from '../../src-shared/contract/api/files.ts';
import { runInThread, type ThreadOptions } from '../threads/run-in-thread.ts';
import type { ExportStep, ExportTask } from './make-export.ts';

/**
 * `makeExport` in a thread of its own: thousands of runs take up to a minute, in which the caller goes on.
 * @throws Problem as `makeExport` does; the signal's reason
 */
export function exportInThread(
  task: ExportTask,
  options: Pick<ThreadOptions<ExportStep>, 'onProgress' | 'signal'>,
): Promise<SentFile> {
  const program = new URL('./export-thread.ts', import.meta.url);
  // it only reads, and what it has made is in its memory
  return runInThread<SentFile, ExportStep>(program, task, {
    ...options,
    whenCancelled: 'stopped',
  });
}
