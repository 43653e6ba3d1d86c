import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Application, createApplication } from '../../../src-main/api/application.ts';
import type { TrainingEnvironment } from '../../../src-main/api/training-environment.ts';
import { checkStudy } from '../../../src-main/studies/check-study.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { Script } from '../../fixtures/scripted-trainer.ts';
import { type EventLog, eventLog } from './event-log.ts';
import { sampleSurroundings } from '../scheduler/sample-execution.ts';

export interface ScriptedApplication extends Pick<EventLog, 'events' | 'event'> {
  readonly application: Application;
  readonly home: string;
  /** Errors that nobody expected. */
  readonly bugs: readonly unknown[];
  /** Says how trainers that start from now on behave. */
  readonly script: (script: Omit<Script, 'log'>) => void;
}

/**
 * A whole application in a folder that is gone after the test, with trainers that are scripted.
 * @param needs looks in the home for what a study needs, before its trainers are asked for. @throws Problem where it is not there
 */
export function scriptedApplication(
  context: TestContext,
  needs: (home: string) => unknown = () => undefined,
): ScriptedApplication {
  const home = mkdtempSync(join(tmpdir(), 'kindling-application-'));
  const bugs: unknown[] = [];
  const application = createApplication({
    home,
    environment: scriptedEnvironment(() => needs(home)),
    onBug: (error) => bugs.push(error),
  });
  const log = eventLog();
  application.subscribe(log.add);
  context.after(async () => {
    await application.close();
    rmSync(home, { recursive: true, force: true });
  });
  const script = (next: Omit<Script, 'log'>): void => {
    process.env['SCRIPTED_TRAINER'] = JSON.stringify({ log: join(home, 'log'), ...next });
  };
  script({});
  return { application, home, bugs, script, events: log.events, event: log.event };
}

/** Knows only the data set `shapes`, as the scripted trainer does. */
export function scriptedEnvironment(need: () => unknown = () => undefined): TrainingEnvironment {
  const surroundings = sampleSurroundings();
  const check = (name: string): void => {
    if (name !== 'shapes') throw new Problem('data-missing', `there is no data set named ${name}.`);
  };
  return {
    describeDataset: (name) => {
      check(name);
      return surroundings.dataset.description;
    },
    checkStudy: async (text, fileName) => {
      const describe = (name: string) => {
        check(name);
        return surroundings.dataset.description;
      };
      return Promise.resolve().then(() => checkStudy(text, fileName, describe));
    },
    plannerAt: () => Promise.resolve({ engine: null, plan: () => surroundings.jobs }),
    gather: async (study) => {
      check(study.definition.dataset);
      await need();
      const asked = study.jobs === 'auto' ? null : study.jobs;
      const jobs = { ...surroundings.jobs, jobs: asked ?? surroundings.jobs.jobs };
      const folder = study.folder ?? surroundings.provenance.folder;
      const provenance = { ...surroundings.provenance, folder };
      const { executor } = surroundings;
      return { ...surroundings, ...study, jobs, executor, provenance };
    },
  };
}
