import { type Command, Option } from 'commander';
import type { ParametersOf } from '../../../src-shared/contract/api/index.ts';
import { numbersOf, scaleOf } from '../../../src-shared/networks/preprocessing-text.ts';
import { wholeNumber } from '../whole-number.ts';

export interface PreprocessingOptions {
  readonly crop?: number;
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
      '--crop <pixels>',
      'side of the square that is cut out of a picture: the input of the network',
      wholeNumber,
    )
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
    ...(mean === undefined ? {} : { mean: numbersOf('--mean', mean) }),
    ...(std === undefined ? {} : { std: numbersOf('--std', std) }),
    ...(scale === undefined ? {} : { scale: scaleOf('--scale', scale) }),
    ...(channels === undefined ? {} : { channels }),
  };
}
