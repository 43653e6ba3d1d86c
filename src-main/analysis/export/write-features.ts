import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Engine } from '../../engine/engine.ts';
import { withDiskFull } from '../../files/disk-full.ts';
import { npyHeader } from '../../files/npy-header.ts';
import { removeUnfinished, unfinishedPath } from '../../files/unfinished-files.ts';
import { writeProblem } from '../../files/write-problem.ts';
import { kindlingVersion } from '../../kindling-version.ts';
import { featureAxes, poolingOf } from '../windows/pooling-of.ts';
import { bytesOf } from '../feature-storage.ts';
import { pictureFiles } from '../../datasets/picture-files.ts';
import { chosenLayers } from '../pictures/chosen-layers.ts';
import { fileStem } from '../pictures/picture-file.ts';
import type { EvaluationSet, Subject } from '../subject.ts';
import { SubjectCache } from '../subject-cache.ts';
import type { SeenSpecification } from '../subject-specification.ts';
import { withFeatures } from '../with-features.ts';
import type { ExportedFeatures, FeatureExportTask } from './feature-export.ts';
import { NpyFolder } from './npy-folder.ts';

interface ExportControl {
  readonly progress: (share: number) => void;
  readonly pause: () => Promise<void>;
}

/**
 * Writes a folder, whole or not at all: `LAYER.npy` for each layer, in one pass over the images; `labels.npy` and `files.txt`,
 * one line per row; `features.json`, which says what they are.
 * @throws Problem `disk-full`, `usage` where nothing can be written, `not-found` for a layer; those of `openSubject`
 */
export async function writeFeatures(
  task: FeatureExportTask,
  engine: Engine,
  { progress, pause }: ExportControl,
): Promise<ExportedFeatures> {
  const { folder, weights, images } = task;
  const unfinished = unfinishedPath(folder);
  try {
    mkdirSync(dirname(folder), { recursive: true });
    removeUnfinished(dirname(folder));
    mkdirSync(unfinished);
    const axesOf = new Map<string, readonly number[]>();
    const npy = new NpyFolder(
      unfinished,
      (layer) => ({ file: fileOf(layer), axes: axesOf.get(layer) ?? [] }),
      progress,
    );
    const subject = new SubjectCache(engine, pause, npy).subject(task.subject);
    const layers = chosenLayers(subject, task.layers, () => true);
    const pooling = await poolingOf(subject, task, pause);
    for (const { name, output } of layers) axesOf.set(name, featureAxes(output, pooling));
    const set = subject.evaluationSet(images);
    const names = layers.map(({ name }) => name);
    const bytes = await withFeatures(subject.features(weights, images, pooling, names), (features) =>
      features.reduce((sum, each) => sum + bytesOf(each), 0),
    );
    writeLabels(join(unfinished, 'labels.npy'), set);
    writeFileSync(
      join(unfinished, 'files.txt'),
      imageNames(task.subject, set)
        .map((name) => `${name}\n`)
        .join(''),
    );
    const described = layers.map(({ name, role, kind: what }) => ({
      ...{
        layer: name,
        role,
        kind: what,
        file: fileOf(name),
        shape: [set.count, ...(axesOf.get(name) ?? [])],
      },
    }));
    const description = { ...describe(task, subject), images: set.count, layers: described };
    writeFileSync(join(unfinished, 'features.json'), `${JSON.stringify(description, null, 2)}\n`);
    renameSync(unfinished, folder);
    return { layers: layers.length, images: set.count, bytes };
  } catch (error) {
    const problem = withDiskFull(error, dirname(folder));
    throw writeProblem(problem, folder, 'Choose another folder with --output.');
  } finally {
    if (existsSync(unfinished)) rmSync(unfinished, { recursive: true, force: true });
  }
}

function fileOf(layer: string): string {
  return `${fileStem(layer)}.npy`;
}

function writeLabels(file: string, { labels }: EvaluationSet): void {
  const bytes = Buffer.alloc(2 * labels.length);
  for (const [row, label] of labels.entries()) bytes.writeUInt16LE(label, 2 * row);
  writeFileSync(file, Buffer.concat([npyHeader('<u2', [labels.length]), bytes]));
}

/** Of each image the path of its picture, or the data set, part and place where it has none. */
function imageNames(subject: SeenSpecification, { indices }: EvaluationSet): string[] {
  const files = pictureFiles(subject.dataset);
  return Array.from(indices, (index) => files?.[index] ?? `${basename(subject.dataset)}:test:${index}`);
}

/** What the numbers are of, for people and programs. */
function describe({ subject: of, weights, features, window }: FeatureExportTask, subject: Subject) {
  const { graph, classes, statistics } = subject;
  return {
    kindling: kindlingVersion(),
    network: of.kind === 'run' ? { run: of.run } : { network: of.run, name: of.name, data: of.data },
    weights,
    features,
    ...(features === 'window' ? { window } : {}),
    preprocessing: {
      ...{ height: graph.input[0], width: graph.input[1], channels: graph.input[2] },
      ...{ formula: '(byte / 255 - mean) / std', mean: statistics.mean, std: statistics.std },
    },
    classes,
    labels: 'labels.npy',
    files: 'files.txt',
  };
}
