import { fork } from 'node:child_process';
import path from 'node:path';
import { computingEnvironment } from '../../../src-main/engine/computing-environment.ts';
import type { EngineInstallation } from '../../../src-main/engine/provisioning/installation.ts';
import {
  fromTrainerSchema,
  type RunResult,
  type RunSpecification,
} from '../../../src-shared/contract/trainer-protocol.ts';

const TRAINER = path.join(import.meta.dirname, '..', '..', '..', 'src-main', 'trainer', 'main.ts');

/** One run in a trainer process of its own, with so many threads. */
export function trainerRun(
  engine: EngineInstallation,
  threads: number,
  specification: RunSpecification,
): Promise<RunResult> {
  const child = fork(TRAINER, [], {
    env: { ...process.env, ...computingEnvironment(engine, threads) },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.on('exit', () => reject(new Error('the trainer ended before the run did')));
    child.on('message', (content) => {
      const message = fromTrainerSchema.parse(content);
      if (message.type === 'ready') child.send({ type: 'train', specification });
      if (message.type === 'failed') reject(new Error(message.failure.message));
      if (message.type !== 'complete') return;
      resolve(message.result);
      child.send({ type: 'quit' });
    });
  });
}
