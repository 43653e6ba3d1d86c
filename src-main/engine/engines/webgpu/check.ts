import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../../../../src-shared/mistakes/problem.ts';
import { plainNode } from '../../../plain-node.ts';
import { lastLines, runCommand } from '../../../work/run-command.ts';
import type { CheckedEngine } from '../../engine-kind.ts';
import type { InstallOptions } from '../../installations/progress.ts';

const answerSchema = z.union([
  z.object({ version: z.string(), device: z.string(), isSoftware: z.boolean() }),
  z.object({ problem: z.string() }),
]);

/**
 * Has a convolution computed in a process of its own (a broken driver may crash it).
 * @throws Problem `engine-invalid` with the reason
 */
export async function checkWebGpu({ signal, onProgress }: InstallOptions): Promise<CheckedEngine> {
  onProgress?.({ stage: 'verify', detail: 'an operation on the device', done: null, total: null });
  const script = join(import.meta.dirname, 'device-check.ts');
  const {
    status,
    signal: ended,
    stdout,
    stderr,
  } = await runCommand(plainNode(), [script], {
    ...{ signal, timeout: 120_000 },
  });
  const answer = answerSchema.safeParse(parsed(lastLines(stdout, 1)));
  if (!answer.success) {
    const how = ended
      ? `its process was ended by ${ended}`
      : `its process ended with status ${status ?? '?'}`;
    throw new Problem('engine-invalid', `WebGPU does not work: ${how}: ${lastLines(stderr, 8)}`);
  }
  if ('problem' in answer.data) throw new Problem('engine-invalid', answer.data.problem);
  const { version, device, isSoftware } = answer.data;
  return { version, gpu: !isSoftware, devices: [device], checks: [] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
