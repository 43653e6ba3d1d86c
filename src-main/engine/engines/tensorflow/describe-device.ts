import type { EngineDescription } from '../../../../src-shared/studies/trainer-protocol.ts';
import { CARD_NAME } from './environment.ts';

/** In the place of devices, of an engine that was installed where there was none, for machines that see its folder. */
export const CARDS_ELSEWHERE = 'cards of other machines';

/**
 * What TensorFlow computes on, for the record of a run.
 * @param gpu whether it does so on a GPU
 * @param devices seen when the engine was verified, for a process that was given no card
 * @param environment of the process, by which it was given its card
 */
export function describeDevice(
  gpu: boolean,
  devices: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Pick<EngineDescription, 'device' | 'card'> {
  const kind = gpu ? 'GPU' : 'CPU';
  const seen = devices.find((name) => name.startsWith(kind)) ?? `${kind}:0`;
  if (!gpu) return { device: seen };
  const { [CARD_NAME]: name, CUDA_VISIBLE_DEVICES: cards } = environment;
  // of several it computes on the first
  const card = cards?.split(',')[0]?.trim() ?? '';
  return { device: name === undefined ? seen : `GPU:0 ${name}`, ...(card !== '' && { card }) };
}
