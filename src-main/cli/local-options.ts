import { Option } from 'commander';
import { wordsOf } from '../../src-shared/fields/field.ts';
import { checkInput } from '../../src-shared/mistakes/check-input.ts';
import { mistakesProblem } from '../../src-shared/mistakes/mistakes-problem.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import {
  type Fuse,
  type LocalSettings,
  localSettingsSchema,
} from '../../src-shared/studies/local-settings.ts';
import { USUAL_EXECUTOR } from '../executors/registry.ts';
import { wholeNumberAutoOrOff } from './whole-number.ts';

export interface LocalOptions {
  readonly executor?: string;
  readonly devices?: readonly string[];
  readonly fuse?: Fuse;
}

const { devices: DEVICES, fuse: FUSE } = localSettingsSchema.shape;

/** What a person may say of the trainers of this machine. */
export function localOptions(): [devices: Option, fuse: Option] {
  return [
    new Option(
      '--devices <cards>',
      `with commas between them: ${wordsOf('devices', DEVICES).about}`,
    ).argParser((text) => text.split(',').map((card) => card.trim())),
    new Option('--fuse <n>', `${wordsOf('fuse', FUSE).about}, which off says, too`).argParser(
      wholeNumberAutoOrOff,
    ),
  ];
}

/**
 * @returns undefined where nothing was said, so that what was said before goes on
 * @throws Problem `usage` for what names no card, what is no number of runs, or trainers that are not of this machine
 */
export function localSettings({ executor, devices, fuse }: LocalOptions): LocalSettings | undefined {
  const said = Object.entries({ devices, fuse }).filter(([, value]) => value !== undefined);
  const [first] = said;
  if (first === undefined) return undefined;
  if (executor !== undefined && executor !== USUAL_EXECUTOR.name) {
    throw new Problem(
      'usage',
      `--${first[0]}: it is for trainers of this machine (--executor ${USUAL_EXECUTOR.name}), not for ${executor}.`,
    );
  }
  const checked = checkInput(localSettingsSchema, Object.fromEntries(said));
  if (checked.ok) return checked.value;
  const named = checked.mistakes.map((mistake) => ({ ...mistake, path: [`--${String(mistake.path[0])}`] }));
  throw mistakesProblem('usage', named);
}
