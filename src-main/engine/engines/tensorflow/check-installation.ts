import type { Check } from '../../../../src-shared/contract/api/settings.ts';
import type { CheckedEngine } from '../../engine-kind.ts';
import { reinstalling } from '../../installations/install-advice.ts';
import type { EngineInstallation } from '../../installations/installation.ts';
import type { InstallOptions } from '../../installations/progress.ts';
import { isRoundedToTensorFloat32, tensorFloat32Environment } from '../../tensor-float-32.ts';
import { CARDS_ELSEWHERE } from './describe-device.ts';
import { examineImages } from '../../images-way.ts';
import { bindingFile } from './provisioning/binding-file.ts';
import { missingKernels } from './provisioning/ensure-kernels.ts';
import { kernelsFile } from './provisioning/kernel-sources.ts';
import { type VerifiedEngine, verifyBinding } from './provisioning/verify.ts';
import { examineTuning } from './tuning/tuning.ts';

/**
 * Has an installation compute, our kernels with it. Where these do not, TensorFlow's own serve, so that the engine is tried
 * again without them.
 * @throws Problem as `verifyBinding`
 */
export async function checkInstallation(
  engine: EngineInstallation,
  options: InstallOptions,
): Promise<CheckedEngine> {
  const wanted = engine.devices.includes(CARDS_ELSEWHERE) ? null : engine.kind;
  const verify = (kernels?: string): Promise<VerifiedEngine> =>
    verifyBinding(bindingFile(engine), engine.libraryPath, wanted, { ...options, kernels });
  if (engine.kind === 'gpu') {
    const verified = await verify();
    const images = examineImages(verified.gpu, false, process.env);
    return { ...verified, checks: [...(verified.gpu ? [] : [noCard()]), images, examineProducts(engine)] };
  }
  const missing = missingKernels(engine);
  const withKernels = missing === null ? await verify(kernelsFile(engine)).catch(reasonOf(options)) : missing;
  const failed = typeof withKernels === 'string';
  const verified = failed ? await verify() : withKernels;
  const kernels = failed ? withoutKernels(withKernels, engine) : kernelsUsed(verified);
  const hasOwnKernels = !failed && process.env['KINDLING_KERNELS'] !== 'off';
  const images = examineImages(false, hasOwnKernels, process.env);
  return { ...verified, checks: [kernels, images, ...examineTuning(engine)] };
}

function noCard(): Check {
  const message = 'none here: the engine was installed for machines that have one, and trains on these alone';
  return { name: 'Card', state: 'warning', message, remedy: null };
}

/** Whether a card rounds the factors of products. */
function examineProducts(engine: EngineInstallation): Check {
  const isRounded = isRoundedToTensorFloat32({ ...process.env, ...tensorFloat32Environment(engine) });
  const message = isRounded
    ? 'factors are rounded to TensorFloat-32 where the card does that (`kindling engine tf32`)'
    : 'in float32 (`kindling engine tf32`)';
  return { name: 'Products', state: 'ok', message, remedy: null };
}

function reasonOf({ signal }: InstallOptions): (error: unknown) => string {
  return (error) => {
    signal?.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  };
}

function withoutKernels(reason: string, engine: EngineInstallation): Check {
  const message = `none of ours, TensorFlow's are slower: ${reason}`;
  const { command, offer } = reinstalling(engine);
  return { name: 'Kernels', state: 'warning', message, remedy: command, offer };
}

function kernelsUsed({ instructionSets: [best, ...others] }: VerifiedEngine): Check {
  const beside = others.length > 0 ? ` (KINDLING_KERNELS may name ${others.join(' or ')}, or be off)` : '';
  return { name: 'Kernels', state: 'ok', message: `ours, for ${best ?? 'no CPU'}${beside}`, remedy: null };
}
