import { decimalSize } from '../../../src-shared/numbers.ts';
import type { NetworkRecord } from '../../../src-shared/networks/network-record.ts';
import { preprocessingText } from '../../../src-shared/networks/preprocessing-text.ts';
import { printLine } from '../output.ts';

/** Prints what a network is and what its pictures become. */
export function printNetwork(network: NetworkRecord): void {
  const { id, name, source, description, input, classes, wordnetIds, preprocessing, bytes, createdAt } =
    network;
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
preprocessing  ${preprocessingText({ preprocessing, input })}
weights        ${decimalSize(bytes)}`);
}
