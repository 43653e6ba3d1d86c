import { type Command, Option } from 'commander';
import type { ParametersOf } from '../../../src-shared/contract/api/index.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { wholeNumber } from '../whole-number.ts';

export interface PreprocessingOptions {
  readonly shortSide?: number;
  readonly mean?: string;
  readonly std?: string;
  readonly scale?: string;
  readonly channels?: 'rgb' | 'bgr';
}

/** The options that say what becomes of pictures. @param defaults whether what is not given has a default */
export function preprocessingOptions(command: Command, defaults: boolean): Command {
  const usual = (words: string): string => (defaults ? ` (default: ${words})` : '');
  return command
    .option(
      '--short-side <pixels>',
      `to which pictures are scaled before the middle is cut out${usual('256 for 224')}`,
      wholeNumber,
    )
    .option('--mean <values>', `that is subtracted from each channel${usual('that of ImageNet')}`)
    .option('--std <values>', `by which each channel is divided then${usual('that of ImageNet')}`)
    .option('--scale <factor>', `of a byte, before the mean is subtracted${usual('1/255')}`)
    .addOption(
      new Option(
        '--channels <order>',
        `in which the network reads colours where it comes from${usual('rgb')}`,
      ).choices(['rgb', 'bgr']),
    );
}

/** @throws Problem `usage` */
export function givenPreprocessing({
  shortSide,
  mean,
  std,
  scale,
  channels,
}: PreprocessingOptions): NonNullable<ParametersOf<'networks.set'>['preprocessing']> {
  return {
    ...(shortSide === undefined ? {} : { shortSide }),
    ...(mean === undefined ? {} : { mean: numbers('mean', mean) }),
    ...(std === undefined ? {} : { std: numbers('std', std) }),
    ...(scale === undefined ? {} : { scale: scaleOf(scale) }),
    ...(channels === undefined ? {} : { channels }),
  };
}

/** `0.485,0.456,0.406` @throws Problem `usage` */
function numbers(option: string, text: string): number[] {
  return text.split(',').map((each) => number(option, each));
}

/** A number, or a fraction as it is usually written: `1/255`. @throws Problem `usage` */
function scaleOf(text: string): number {
  const [one = '', other = '1'] = text.split('/');
  return number('scale', one) / number('scale', other);
}

function number(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new Problem('usage', `--${option}: ${JSON.stringify(text)} is no number.`);
}
