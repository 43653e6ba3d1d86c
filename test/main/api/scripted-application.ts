import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Application, createApplication } from '../../../src-main/api/application.ts';
import type { Equipment } from '../../../src-main/api/equipment.ts';
import { Problem } from '../../../src-shared/contract/problem.ts';
import type { ApplicationEvent, NumberedEvent } from '../../../src-shared/contract/api/events.ts';
import type { Script } from '../../fixtures/scripted-trainer.ts';
import { sampleSurroundings } from '../scheduler/sample-execution.ts';

export interface ScriptedApplication {
  readonly application: Application;
  readonly home: string;
  /** Everything that was told so far. */
  readonly events: readonly NumberedEvent[];
  /** Says how trainers that start from now on behave. */
  script(script: Omit<Script, 'log'>): void;
  /** Resolves with the first event, told already or to come, that fits. */
  event(fits: (event: ApplicationEvent) => boolean): Promise<ApplicationEvent>;
}

/** A whole application in a folder that is gone after the test, with trainers that are scripted. */
export function scriptedApplication(context: TestContext): ScriptedApplication {
  const home = mkdtempSync(join(tmpdir(), 'kindling-application-'));
  const application = createApplication({ home, equipment: scriptedEquipment(home) });
  const events: NumberedEvent[] = [];
  const waiting = new Set<() => void>();
  application.subscribe((event) => {
    events.push(event);
    for (const look of waiting) look();
  });
  context.after(async () => {
    await application.close();
    rmSync(home, { recursive: true, force: true });
  });
  const script = (next: Omit<Script, 'log'>): void => {
    process.env['SCRIPTED_TRAINER'] = JSON.stringify({ log: join(home, 'log'), ...next });
  };
  script({});
  const event = (fits: (event: ApplicationEvent) => boolean): Promise<ApplicationEvent> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = events.find((numbered) => fits(numbered.event));
        if (!found) return;
        waiting.delete(look);
        resolve(found.event);
      };
      waiting.add(look);
      look();
    });
  return { application, home, events, script, event };
}

/** Knows only the data set `shapes`, as the scripted trainer does. */
export function scriptedEquipment(home: string): Equipment {
  const surroundings = { ...sampleSurroundings(), artifacts: join(home, 'artifacts') };
  const check = (name: string): void => {
    if (name !== 'shapes') throw new Problem('data-missing', `there is no data set named ${name}.`);
  };
  return {
    describeDataset: (name) => {
      check(name);
      return surroundings.dataset.description;
    },
    gather: ({ definition, text, retryDiverged }) => {
      check(definition.dataset);
      return Promise.resolve({ ...surroundings, definition, text, retryDiverged });
    },
  };
}
