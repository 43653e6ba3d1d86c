import { resolve } from 'node:path';
import type { ParametersOf } from '../../../src-shared/contract/api/index.ts';
import { parseSetting } from '../../../src-shared/networks/parse-setting.ts';
import type { Shape } from '../../../src-shared/networks/layer.ts';
import { doTask } from '../application/do-task.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { parseInput } from './parse-input.ts';
import { givenPreprocessing, type PreprocessingOptions } from './preprocessing-options.ts';
import { printNetwork } from './print-network.ts';

export interface NetworkImportOptions extends PreprocessingOptions {
  readonly family?: string;
  readonly set: readonly string[];
  readonly input?: string;
  readonly name?: string;
  readonly classes?: string;
  readonly json?: boolean;
}

/** Red, green and blue; a network of other channels needs its whole `--input`. */
const COLOURS = 3;

/** Imports a network and says what it is and where its layers come from. @throws Problem, Interrupted */
export async function importNetwork(
  storeFile: string,
  file: string,
  options: NetworkImportOptions,
): Promise<void> {
  const parameters = { file: resolve(file), options: importOptions(options) };
  const { result } = await doTask(storeFile, {
    command: 'network import',
    start: (client) =>
      client.request('networks.import', {
        ...parameters,
        ...(options.name === undefined ? {} : { name: options.name }),
      }),
    stopped: 'stopped; nothing was imported.',
  });
  if (options.json) {
    printJson(result);
    return;
  }
  printNetwork(result.network);
  for (const note of result.notes) printLine(`note           ${note}`);
  printLine('');
  await printTable(
    [{ title: 'layer' }, { title: 'in the file' }],
    result.layers.map(({ layer, source }) => [layer, source]),
  );
}

/** @throws Problem `usage` */
function importOptions(options: NetworkImportOptions): ParametersOf<'networks.import'>['options'] {
  const { family = null, set, classes } = options;
  const keyword = classes === undefined || ['imagenet', 'numbers'].includes(classes);
  return {
    family,
    fields: Object.fromEntries(set.map(parseSetting).map(({ path, value }) => [path, value])),
    input: inputOf(options),
    classes: keyword ? (classes ?? null) : resolve(classes),
    preprocessing: givenPreprocessing(options),
  };
}

/** @throws Problem `usage` */
function inputOf({ input, crop }: NetworkImportOptions): Shape | null {
  if (crop !== undefined) return [crop, crop, COLOURS];
  return input === undefined ? null : parseInput(input);
}
