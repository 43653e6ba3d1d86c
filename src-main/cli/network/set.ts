import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { openClient } from '../application/open-client.ts';
import { printJson } from '../output.ts';
import { printNetwork } from './print-network.ts';
import { givenPreprocessing, type PreprocessingOptions } from './preprocessing-options.ts';

export interface NetworkSetOptions extends PreprocessingOptions {
  readonly name?: string;
  readonly json?: boolean;
}

/** Sets the name or the preprocessing of an imported network. @throws Problem */
export async function setNetwork(
  storeFile: string,
  network: string,
  options: NetworkSetOptions,
): Promise<void> {
  const preprocessing = givenPreprocessing(options);
  const { name, crop, json } = options;
  if (name === undefined && crop === undefined && Object.keys(preprocessing).length === 0)
    throw new Problem(
      'usage',
      'nothing to set: use --name, --crop, --short-side, --mean, --std, --scale or --channels.',
    );
  const client = await openClient(storeFile, '`kindling network set`');
  try {
    const named = { ...(name === undefined ? {} : { name }), ...(crop === undefined ? {} : { crop }) };
    const changed = await client.request('networks.set', { network, preprocessing, ...named });
    if (json) printJson(changed);
    else printNetwork(changed);
  } finally {
    await client.close();
  }
}
