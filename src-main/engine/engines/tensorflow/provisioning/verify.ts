import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import { plainNode } from '../../../../plain-node.ts';
import type { CheckedEngine } from '../../../engine-kind.ts';
import { loaderEnvironment } from '../environment.ts';
import { parseLastLine } from '../../../installations/parse-last-line.ts';
import { installing, mendedByInstalling } from '../../../installations/install-advice.ts';
import type { InstallOptions } from '../../../installations/progress.ts';
import { lastLines, runCommand } from '../../../../work/run-command.ts';

/** Of the binding, and of the kernels given with it. */
export interface VerifiedEngine extends Omit<CheckedEngine, 'checks'> {
  /** That the kernels have for this processor, the best first. */
  readonly instructionSets: readonly string[];
}

const answerSchema = z.object({
  version: z.string(),
  gpu: z.boolean(),
  instructionSets: z.array(z.string()),
});

/**
 * Loads a binding in a process of its own (a broken library may crash it) and runs two operations on its device.
 * @param wanted `gpu` insists on a CUDA device; null takes what the library has
 * @param options.kernels kernels of ours that are to compute there as well
 * @throws Problem `engine-invalid` with the reason when it does not load, compute, or find the device
 */
export async function verifyBinding(
  binding: string,
  libraryPath: readonly string[],
  wanted: 'cpu' | 'gpu' | null,
  options: InstallOptions & { readonly kernels?: string | undefined },
): Promise<VerifiedEngine> {
  options.onProgress?.({ stage: 'verify', detail: 'an operation on the device', done: null, total: null });
  const given = [binding, ...(options.kernels === undefined ? [] : [options.kernels])];
  const result = await runCommand(plainNode(), [join(import.meta.dirname, 'engine-check.ts'), ...given], {
    environment: {
      ...loaderEnvironment(libraryPath),
      // The reason for a missing device is in TensorFlow's own messages.
      TF_CPP_MIN_LOG_LEVEL: '0',
    },
    signal: options.signal,
    timeout: 300_000,
  });
  const answer = answerSchema.safeParse(parseLastLine(result.stdout));
  if (result.status !== 0 || !answer.success) throw loadProblem(binding, result);
  const { version, gpu, instructionSets } = answer.data;
  if (wanted === 'gpu' && !gpu) throw noDeviceProblem(version, result.stderr);
  return { version, gpu, devices: gpu ? await cardNames() : ['CPU:0'], instructionSets };
}

function loadProblem(binding: string, result: Awaited<ReturnType<typeof runCommand>>): Problem {
  const reason = /^(?:\w*Error|AssertionError).*$/m.exec(result.stderr)?.[0];
  const ended = result.signal ? `it was ended by ${result.signal}` : lastLines(result.stderr, 8);
  return new Problem('engine-invalid', `The engine does not work: ${binding}: ${reason ?? ended}`);
}

function noDeviceProblem(version: string, stderr: string): Problem {
  const reasons = stderr
    .split('\n')
    .filter((line) => /cuda|gpu|dlopen/i.test(line) && !/cpu_feature_guard|oneDNN/.test(line))
    .map((line) => line.replace(/^.*?\.cc:\d+\] ?/, ''));
  const because =
    reasons.length > 0 ? `\nTensorFlow says: ${[...new Set(reasons)].slice(0, 4).join('\n')}` : '';
  return mendedByInstalling(
    'engine-invalid',
    `TensorFlow ${version} was loaded, but found no CUDA device. Check \`nvidia-smi\` (driver 525 or newer), or use the CPU`,
    installing('cpu'),
    {
      rest: ` Nothing was installed. Where other machines that see this folder have the cards, as the nodes of a cluster do, install gpu-nodes.${because}`,
    },
  );
}

async function cardNames(): Promise<string[]> {
  try {
    const { stdout } = await runCommand('nvidia-smi', ['--query-gpu=name', '--format=csv,noheader']);
    const names = stdout.trim().split('\n').filter(Boolean);
    if (names.length > 0) return names.map((name, index) => `GPU:${index} ${name}`);
  } catch {
    // Without nvidia-smi the card has no name.
  }
  return ['GPU:0'];
}
