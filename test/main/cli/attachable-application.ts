import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { letAttach } from '../../../src-main/attach/let-attach.ts';
import { storeFile } from '../../../src-main/home.ts';
import { type ScriptedApplication, scriptedApplication } from '../api/scripted-application.ts';
import { STUDY } from '../scheduler/sample-execution.ts';
import { type StartedCommand, startCommand } from './start-command.ts';

export interface Attachable extends ScriptedApplication {
  readonly file: string;
  /** No step begins before the answer is called. */
  readonly hold: () => () => void;
  readonly command: (...parameters: string[]) => StartedCommand;
}

/** An application that holds its store, with commands that could train nothing by themselves: there is no engine. */
export async function attachable(context: TestContext): Promise<Attachable> {
  const here = scriptedApplication(context);
  const { application, home, script } = here;
  const attached = await letAttach(application, storeFile(home));
  context.after(() => attached.close());
  const file = join(home, 'study.yaml');
  writeFileSync(file, STUDY);
  const command = (...parameters: string[]) => startCommand(context, parameters, { KINDLING_HOME: home });
  const hold = (): (() => void) => {
    const holding = join(home, 'hold');
    writeFileSync(holding, '');
    script({ hold: holding });
    return () => rmSync(holding);
  };
  return { ...here, file, hold, command };
}
