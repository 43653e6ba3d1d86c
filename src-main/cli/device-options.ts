import { Option } from 'commander';
import { wordsOf } from '../../src-shared/fields/field.ts';
import { checkInput } from '../../src-shared/mistakes/check-input.ts';
import { accepted } from '../../src-shared/mistakes/mistakes-problem.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { type LocalSettings, localSettingsSchema } from '../../src-shared/studies/local-settings.ts';
import { USUAL_EXECUTOR } from '../executors/registry.ts';

export interface DeviceOptions {
  readonly executor?: string;
  readonly devices?: readonly string[];
}

const DEVICES = localSettingsSchema.shape.devices;

/** The cards that trainers of this machine are given. */
export function devicesOption(): Option {
  return new Option(
    '--devices <cards>',
    `with commas between them: ${wordsOf('devices', DEVICES).about}`,
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
  return { devices: accepted(checkInput(DEVICES, devices), 'usage', ['--devices']) };
}
