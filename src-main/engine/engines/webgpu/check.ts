import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../../../../src-shared/mistakes/problem.ts';
import { plainNode } from '../../../plain-node.ts';
import { lastLines, runCommand } from '../../../work/run-command.ts';
import type { CheckedEngine } from '../../engine-kind.ts';
import { examineImages } from '../../images-way.ts';
import { parseLastLine } from '../../installations/parse-last-line.ts';
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
  const result = await runCommand(plainNode(), [script], { signal, timeout: 120_000 });
  const answer = answerSchema.safeParse(parseLastLine(result.stdout));
  if (!answer.success) {
    const how = result.signal ? `was ended by ${result.signal}` : `ended with status ${result.status ?? '?'}`;
    const lastWords = lastLines(result.stderr, 8);
    throw new Problem('engine-invalid', `WebGPU does not work: its process ${how}: ${lastWords}`);
  }
  if ('problem' in answer.data) throw new Problem('engine-invalid', answer.data.problem);
  const { version, device, isSoftware } = answer.data;
  return {
    version,
    gpu: !isSoftware,
    devices: [device],
    checks: [examineImages(!isSoftware, false, process.env)],
  };
}
