import { Option } from 'commander';
import { checkInput } from '../../src-shared/mistakes/check-input.ts';
import { mistakesProblem } from '../../src-shared/mistakes/mistakes-problem.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { type LocalSettings, localSettingsSchema } from '../../src-shared/studies/local-settings.ts';
import { USUAL_EXECUTOR } from '../executors/registry.ts';

export interface DeviceOptions {
  readonly executor?: string;
  readonly devices?: readonly string[];
}

/** The cards that trainers of this machine are given. */
export function devicesOption(): Option {
  return new Option(
    '--devices <cards>',
    'numbers or UUIDs of the GPUs that trainers are given, as nvidia-smi has them: 0,2 (default: all whose memory others leave free)',
  ).argParser((text) => text.split(',').map((card) => card.trim()));
}

/**
 * @returns undefined where nothing was said, so that what was said before goes on
 * @throws Problem `usage` for what names no card, or trainers that are not of this machine
 */
export function deviceSettings({ executor, devices }: DeviceOptions): LocalSettings | undefined {
  if (devices === undefined) return undefined;
  if (executor !== undefined && executor !== USUAL_EXECUTOR.name) {
    throw new Problem(
      'usage',
      `--devices: it is for trainers of this machine (--executor ${USUAL_EXECUTOR.name}), not for ${executor}.`,
    );
  }
  const checked = checkInput(localSettingsSchema, { devices });
  if (checked.ok) return checked.value;
  throw mistakesProblem(
    'usage',
    checked.mistakes.map((mistake) => ({ ...mistake, path: ['--devices', ...mistake.path.slice(1)] })),
  );
}
