import type { EngineDescription } from '../studies/trainer-protocol.ts';

/** `GPU:0 NVIDIA A100 (card GPU-6a6f…)`: what a run was computed on, and which card of its machine that was where it is known. */
export function deviceText({ device, card }: Pick<EngineDescription, 'device' | 'card'>): string {
  return card === undefined ? device : `${device} (card ${card})`;
}
