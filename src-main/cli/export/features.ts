import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { counted } from '../../../src-shared/counted.ts';
import { decimalSize } from '../../../src-shared/numbers.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { exportFeatures } from '../../analysis/export/feature-export.ts';
import type { FeatureKind } from '../../analysis/feature-kinds.ts';
import { prepareElsewhere } from '../../analysis/images/prepare-elsewhere.ts';
import { layerNames } from '../../analysis/settings.ts';
import { picturesRoot, picturesToPrepare, specifySubject } from '../../analysis/specify-subject.ts';
import { dataFolder, kindlingHome } from '../../home.ts';
import { type ImageOptions, imagesOf } from '../analyze/images-of.ts';
import { tellImages } from '../analyze/tell-images.ts';
import { interruptible } from '../interrupt.ts';
import { openToRead } from '../open-to-read.ts';
import { printLine } from '../output.ts';
import { requireRuns } from '../require-runs.ts';
import { stepDisplay } from '../step-progress.ts';

export interface ExportFeaturesOptions extends ImageOptions {
  readonly layers?: string;
  readonly count?: number;
  readonly features: FeatureKind;
  readonly window: number;
  readonly weights: 'trained' | 'untrained';
  readonly output: string;
}

/** More than an evaluation set has: all of it. */
const ALL = 1_000_000;

/**
 * Writes what layers of a run or network compute on images as NumPy files, and says where.
 * @throws Problem, Interrupted after Ctrl-C
 */
export async function writeFeatureFiles(
  file: string,
  id: string,
  options: ExportFeaturesOptions,
): Promise<void> {
  const folder = resolve(options.output);
  if (existsSync(folder))
    throw new Problem('usage', `${folder} is there already: choose another folder with --output.`);
  const { count, data } = imagesOf(options);
  const dataRoot = dataFolder();
  const where = { dataRoot, data };
  const store = openToRead(file);
  const display = stepDisplay(process.stderr);
  try {
    if (store.findNetwork(id) === null) requireRuns(store, [id]);
    const exported = await interruptible(async (signal) => {
      const during = (title: string) => ({
        signal,
        onProgress: (share: number) => display.show({ title, done: share, total: 1, note: '' }),
      });
      for (const pictures of picturesToPrepare(store, [id], where))
        await prepareElsewhere(
          { root: picturesRoot(dataRoot), folder: pictures },
          during(`reading ${counted(pictures.pictures.length, 'picture')}`),
        );
      const { features, window, weights, layers = '' } = options;
      const task = {
        subject: specifySubject(store, id, where),
        ...{ layers: layerNames(layers).join(' '), features, window, weights, folder },
        images: options.count ?? count ?? ALL,
      };
      return exportFeatures(kindlingHome(), task, during('features'));
    }).finally(() => display.end());
    if (data !== null) tellImages(store, [id], where);
    printLine(
      `${counted(exported.layers, 'layer')}, ${counted(exported.images, 'image')}, ${decimalSize(exported.bytes)} in ${folder}`,
    );
  } finally {
    store.close();
  }
}
