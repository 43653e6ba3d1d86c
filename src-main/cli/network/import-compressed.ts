import { percent, whole } from '../../../src-shared/numbers.ts';
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { ClassifiedPicture } from '../../analysis/published/classify-pictures.ts';
import { publishedCheckpoint } from '../../compression/published/published-checkpoint.ts';
import { publishedFigures, type PublishedFigures } from '../../analysis/published/published-figures.ts';
import { type PublishedVariant, publishedVariants } from '../../compression/published/published-bytes.ts';
import { readPublishedNetwork } from '../../compression/published/published-network.ts';
import { networkModel } from '../../exports/onnx/network-model.ts';
import { kindlingHome } from '../../home.ts';
import { writeSafetensors } from '../../checkpoints/safetensors.ts';
import { writeFile } from '../export/write-file.ts';
import { interruptible } from '../interrupt.ts';
import { printJson, printLine, printTable } from '../output.ts';

export interface ImportCompressedOptions {
  readonly image: readonly string[];
  readonly output?: string;
  readonly json?: boolean;
}

/**
 * Decodes the published compressed SqueezeNet and prints what it is made of.
 * @throws Problem `not-found` or `data-invalid` for the file or a picture, `usage`, and those of the engine
 */
export async function importCompressed(file: string, options: ImportCompressedOptions): Promise<void> {
  const network = readPublishedNetwork(read(file), file);
  const figures = publishedFigures(network);
  const variants = publishedVariants(network);
  const checkpoint = publishedCheckpoint(network);
  const written = options.output === undefined ? null : resolve(options.output);
  if (written !== null) {
    if (written.endsWith('.onnx')) {
      const { graph, weights } = network;
      const { mean, std, metadata } = checkpoint;
      const about = { name: graph.family, description: `Decoded from ${basename(file)}.`, softmax: false };
      writeFile(written, networkModel({ ...about, graph, weights, mean, std, metadata }));
    } else if (written.endsWith('.safetensors')) {
      writeSafetensors(written, checkpoint.tensors, checkpoint.metadata);
    } else {
      throw new Problem('usage', `--output ${options.output}: use the extension .safetensors or .onnx.`);
    }
  }
  const pictures = options.image.length === 0 ? [] : await classify(file, options.image);
  if (options.json) {
    printJson({ ...figures, variants, pictures, written });
    return;
  }
  await printFigures(figures);
  await printVariants(variants);
  for (const each of pictures) printPicture(each);
  if (written !== null) printLine(`\n${written}`);
}

async function classify(file: string, pictures: readonly string[]): Promise<readonly ClassifiedPicture[]> {
  const { classifyPictures } = await import('../../analysis/published/classify-pictures.ts');
  return interruptible((signal) => classifyPictures(kindlingHome(), { file, pictures }, { signal }));
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Problem('not-found', `${file} cannot be read (${(error as Error).message}).`, { cause: error });
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

function printPicture({ picture, classes }: ClassifiedPicture): void {
  printLine(`\n${picture}`);
  for (const { index, probability } of classes)
    printLine(`  class ${String(index).padStart(3)}  ${percent(probability).padStart(7)}`);
}
