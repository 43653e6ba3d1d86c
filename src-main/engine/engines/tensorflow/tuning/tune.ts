import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { mean, median, transpose } from 'd3-array';
import { z } from 'zod';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import { plainNode } from '../../../../plain-node.ts';
import { lastLines, runCommand } from '../../../../work/run-command.ts';
import type { EngineInstallation } from '../../../installations/installation.ts';
import type { InstallOptions } from '../../../installations/progress.ts';
import { ONE_DNN, tensorFlowEnvironment } from '../environment.ts';
import { machineName, writeTuning } from './tuning.ts';

/** Each variant is measured so often, in turns, so that what else the machine does meets both alike. */
const ROUNDS = 3;
const TIMEOUT = 120_000;

const answerSchema = z.object({ steps: z.array(z.number().positive()).min(1) });

/**
 * Trains small networks with oneDNN's kernels and without, in processes of their own, and records the faster for this
 * machine: some 20 s. What was recorded before stays where this fails or is stopped.
 * @throws Problem `usage` on a GPU, where oneDNN has no part; `engine-invalid` where the engine does not train; the reason
 *   of an abort
 */
export async function tuneTensorFlow(engine: EngineInstallation, options: InstallOptions): Promise<void> {
  if (engine.kind === 'gpu')
    throw new Problem('usage', `${engine.name} computes on a GPU: there is nothing to tune.`);
  const logRatios: number[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const report = (variant: number): void =>
      options.onProgress?.({
        stage: 'measure',
        detail: variant === 0 ? 'steps with oneDNN' : 'steps without oneDNN',
        done: null,
        total: null,
      });
    report(0);
    const on = await stepsOf(engine, true, options);
    report(1);
    const off = await stepsOf(engine, false, options);
    logRatios.push(on.map((time, network) => Math.log((off[network] ?? Number.NaN) / time)));
  }
  // of each network the median over the rounds, then the mean over the networks
  const gain = mean(transpose(logRatios), (ratios) => median(ratios)) ?? Number.NaN;
  writeTuning(engine, {
    machine: machineName(),
    oneDnn: gain >= 0,
    faster: Math.exp(Math.abs(gain)),
    at: new Date().toISOString(),
  });
}

/** Milliseconds of a step of each measured network, in a process of its own. @throws as `tuneTensorFlow` */
export async function stepsOf(
  engine: EngineInstallation,
  oneDnn: boolean,
  { signal }: InstallOptions,
): Promise<readonly number[]> {
  const script = join(import.meta.dirname, 'worker.ts');
  const result = await runCommand(plainNode(), [script, engine.folder], {
    environment: {
      ...tensorFlowEnvironment(engine, availableParallelism()),
      [ONE_DNN]: oneDnn ? '1' : '0',
    },
    signal,
    timeout: TIMEOUT,
  });
  const answer = answerSchema.safeParse(parsed(lastLines(result.stdout, 1)));
  if (result.status === 0 && answer.success) return answer.data.steps;
  throw new Problem('engine-invalid', `${engine.name} could not be measured: ${lastLines(result.stderr, 8)}`);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
