import type { StudyListing } from '../../src-shared/contract/api/studies.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import type { Application } from '../api/application.ts';

/** What the application is at work on, and what of it waits. */
export interface Work {
  readonly studies: readonly StudyListing[];
  /** Those that have not ended. */
  readonly tasks: readonly Task[];
}

/** Keeps up to date what the application works on. @param onChange is told it now and whenever it changes */
export async function followWork(application: Application, onChange: (work: Work) => void): Promise<void> {
  let studies = new Map<string, StudyListing>();
  let newer = new Map<string, StudyListing>();
  const tasks = new Map<string, Task>();
  const tell = (): void => onChange({ studies: [...studies.values()], tasks: [...tasks.values()] });
  const load = async (): Promise<void> => {
    newer = new Map();
    const listed = await application.request('studies.list', {});
    studies = new Map([...listed.map((study) => [study.name, study] as const), ...newer]);
    tell();
  };
  application.subscribe(({ event }) => {
    if (event.type === 'study') {
      studies.set(event.study.name, event.study);
      newer.set(event.study.name, event.study);
      tell();
    }
    if (event.type === 'task') {
      if (event.task.state === 'running') tasks.set(event.task.id, event.task);
      else tasks.delete(event.task.id);
      tell();
    }
    if (event.type === 'reload') void load().catch(() => undefined);
  });
  await load();
}
