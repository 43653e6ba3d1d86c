import assert from 'node:assert/strict';
import type { Task } from '../../../src-shared/contract/api/tasks.ts';
import type { ScriptedApplication } from './scripted-application.ts';

/** The last state of a task, as it is told. */
export async function taskEnd(here: ScriptedApplication, { id }: Task): Promise<Task> {
  const event = await here.event(
    (each) => each.type === 'task' && each.task.id === id && each.task.state !== 'running',
  );
  assert(event.type === 'task');
  return event.task;
}
