import { readFileSync } from 'node:fs';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { percent, whole } from '../../../src-shared/numbers.ts';
import { publishedFigures, type PublishedFigures } from '../../analysis/compression/published-figures.ts';
import { type PublishedVariant, publishedVariants } from '../../compression/published/published-bytes.ts';
import { readPublishedNetwork } from '../../compression/published/published-network.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { whyUnread } from '../../files/read-at-most.ts';

/** Prints what the published compressed SqueezeNet is made of. @throws Problem `not-found` or `data-invalid` for the file */
export async function printCompressedSizes(
  file: string,
  options: { readonly json?: boolean },
): Promise<void> {
  const network = readPublishedNetwork(read(file), file);
  const figures = publishedFigures(network);
  const variants = publishedVariants(network);
  if (options.json) {
    printJson({ ...figures, variants });
    return;
  }
  await printFigures(figures);
  await printVariants(variants);
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Problem('not-found', `${file} cannot be read: ${whyUnread(error)}.`, { cause: error });
  }
}

async function printFigures({ weights, kept, layers, roles }: PublishedFigures): Promise<void> {
  printLine('SqueezeNet v1.0, 227x227x3, 1000 classes\n');
  await printTable(
    [
      { title: 'layer' },
      { title: 'weights', align: 'right' },
      { title: 'kept', align: 'right' },
      { title: 'share', align: 'right' },
      { title: 'stored', align: 'right' },
      { title: 'centre tap', align: 'right' },
    ],
    layers.map((layer) => [
      layer.layer,
      whole(layer.weights),
      whole(layer.kept),
      percent(layer.kept / layer.weights),
      whole(layer.entries),
      layer.centreShare === null ? '' : percent(layer.centreShare),
    ]),
  );
  printLine(`\n${whole(kept)} of ${whole(weights)} weights kept: ${percent(kept / weights)}`);
  printLine(`${roles.map(({ role, share }) => `${role} ${percent(share)}`).join(', ')}\n`);
}

async function printVariants(variants: readonly PublishedVariant[]): Promise<void> {
  const right = (title: string) => ({ title, align: 'right' as const });
  await printTable(
    [{ title: 'bytes' }, ...['counts', 'codebooks', 'biases', 'codes', 'gaps', 'sum'].map(right)],
    variants.map(({ name, components, bytes }) => [
      name,
      ...[
        components.counts,
        components.codebooks,
        components.biases,
        components.codes,
        components.gaps,
        bytes,
      ].map(whole),
    ]),
  );
}
