import type { ExportedFile } from '../../src-shared/contract/api/files.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { decimalSize } from '../../src-shared/numbers.ts';
import type { TaskControl, TaskDescription, Tasks } from './tasks.ts';

interface FileTask extends Required<Pick<TaskDescription<null>, 'title' | 'subject' | 'afterCancel'>> {
  /** What who waits for the file is told then: `The export was cancelled.` */
  readonly cancelled: string;
  readonly make: (control: TaskControl) => Promise<ExportedFile>;
}

/** Answered when a task, which shows how far it is and can be cancelled, has made the file. */
export function fileByTask(tasks: Tasks, { make, cancelled, ...task }: FileTask): Promise<ExportedFile> {
  const { promise, resolve, reject } = Promise.withResolvers<ExportedFile>();
  tasks.start({
    ...task,
    work: async (control) => {
      try {
        const file = await make(control);
        resolve(file);
        return { message: `${file.fileName}, ${decimalSize(file.bytes.length)}.`, result: null };
      } catch (error) {
        reject(control.signal.aborted ? new Problem('usage', cancelled) : (error as Error));
        throw error;
      }
    },
  });
  return promise;
}
