import { decimalSize } from '../../../src-shared/numbers.ts';
import type { NetworkRecord } from '../../../src-shared/networks/network-record.ts';
import { printLine } from '../output.ts';

/** Prints what a network is and what its pictures become. */
export function printNetwork(network: NetworkRecord): void {
  const { id, name, source, description, input, classes, wordnetIds, bytes, createdAt } = network;
  const { family, ...fields } = description;
  const settings = Object.entries(fields).map(([field, value]) => `${field} ${JSON.stringify(value)}`);
  const named = `${classes.length}, ${classes[0]} to ${classes.at(-1)}`;
  printLine(`${name}

id             ${id}
from           ${source.file}, ${source.format}
imported       ${createdAt}
family         ${family}
fields         ${settings.join(', ')}
input          ${input.join('x')}
classes        ${named}${wordnetIds === null ? '' : ', with WordNet ids'}
preprocessing  ${preprocessingText(network)}
weights        ${decimalSize(bytes)}`);
}

/** What becomes of a picture, in words. */
export function preprocessingText({
  preprocessing,
  input,
}: Pick<NetworkRecord, 'preprocessing' | 'input'>): string {
  const { shortSide, mean, std, scale } = preprocessing;
  const [height, width] = input;
  const inverse = 1 / scale;
  const scaled = scale === 1 ? 'bytes' : `bytes / ${Number(inverse.toPrecision(6))}`;
  const list = (values: readonly number[]): string =>
    values.map((value) => Number(value.toPrecision(6))).join(', ');
  return `short side ${shortSide}, centre ${height}x${width}, ${scaled}, mean ${list(mean)}, deviation ${list(std)}`;
}
