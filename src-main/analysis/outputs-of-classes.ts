import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { NetworkRecord } from '../../src-shared/networks/network-record.ts';

/** As many classes as are named in a message. */
const NAMED = 5;

/**
 * Of each class of a data set the network's own, by its number: the one of the same name (upper and lower case and blanks,
 * dashes and underscores are alike), WordNet id or number.
 * @throws Problem `usage` for classes that the network does not have, or that are one to it
 */
export function outputsOfClasses(
  { name, classes, wordnetIds }: Pick<NetworkRecord, 'name' | 'classes' | 'wordnetIds'>,
  wanted: readonly string[],
  data: string,
): number[] {
  const known = new Map<string, number>();
  for (const [index, own] of classes.entries())
    for (const key of [plainClassName(own), wordnetIds?.[index] ?? '', String(index)]) known.set(key, index);
  const missing = wanted.filter((each) => !known.has(plainClassName(each)));
  const unlike = `The network ${name} does not have the classes ${missing.slice(0, NAMED).join(', ')}${missing.length > NAMED ? ` and ${missing.length - NAMED} more` : ''} of ${data}: call them by its classes, their WordNet ids or numbers`;
  if (missing.length > 0)
    throw new Problem('usage', `${unlike} (\`network show ${name} --json\` lists them).`, {
      fact: `${unlike}.`,
    });
  const outputs = wanted.map((each) => known.get(plainClassName(each)) ?? 0);
  const twice = wanted.find((_, index) => outputs.indexOf(outputs[index] ?? 0) < index);
  if (twice !== undefined)
    throw new Problem(
      'usage',
      `The class ${twice} of ${data} is also another one of its classes to ${name}.`,
    );
  return outputs;
}

/** The name of a class as it is compared: upper and lower case and blanks, dashes and underscores are alike. */
export function plainClassName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');
}
