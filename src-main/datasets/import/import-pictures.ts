import path from 'node:path';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { type ArrangedImages, arrangeImages } from './arrange-images.ts';
import { type BrokenPicture, requireAllRead, tellBroken } from './broken-pictures.ts';
import { decodeAll } from './decode-all.ts';
import { keepPictures } from './keep-pictures.ts';
import type { ImportedContent, PictureImport } from './import-task.ts';
import { requireFits } from './picture-limits.ts';
import { ScratchFile } from '../../files/scratch-file.ts';
import type { SurveyedPicture } from './survey.ts';
import { tellFrames, tellPassedOver } from './tell-passed-over.ts';
import { writePictures } from './write-pictures.ts';

/**
 * Decodes the pictures of a source once, into a file beside the parts, and writes the parts from there: only then is it
 * known which pictures can be read, whether all are grey, and what values they have. Memory holds a few at a time.
 * @throws Problem `data-invalid` for pictures that make no data set, `usage`, `disk-full`; the signal's reason
 */
export async function importPictures(task: PictureImport): Promise<ImportedContent> {
  const { survey, options, source, folder } = task;
  if (options.allLabels === true)
    throw new Problem('usage', `--all-labels applies only to IDX files; ${source.name} contains images`);
  const skipBroken = options.skipBroken === true;
  // what names and headers say is told before anything is decoded
  const expected = arrange(task, survey.pictures, skipBroken ? [] : survey.broken);
  const isUsed = usedIn(expected);
  const pictures = survey.pictures.filter((picture) => isUsed(picture.path));
  requireFits(pictures, expected, task);
  const scratch = new ScratchFile(path.join(folder, 'pictures.raw'));
  try {
    const { kept, broken } = await decodeAll(pictures, scratch, task);
    const all = [...survey.broken, ...broken];
    if (!skipBroken)
      requireAllRead(
        all.filter(({ file }) => isUsed(file)),
        source.name,
      );
    const read = survey.pictures.filter(({ file, path: place }) => kept.has(file) || !isUsed(place));
    const arranged = broken.length === 0 ? expected : arrange(task, read, []);
    const written = await writePictures(arranged, { ...task, pictures: read, kept, scratch });
    const { classes, training, test, remarks } = arranged;
    const pictureHash = options.keepPictures === true ? await keepPictures(training, read, task) : null;
    return {
      ...{ classes, shape: written.shape, trainingCount: training.length, testCount: test.length },
      pictures: pictureHash,
      source: `images from ${source.name}`,
      remarks: [
        ...remarks,
        ...tellPassedOver(survey.passedOver),
        ...tellFrames(pictures),
        ...tellBroken(all),
        ...written.remarks,
      ],
      nameOf: (part, index) => (part === 'training' ? training : test)[index]?.file ?? '',
    };
  } finally {
    scratch.close();
  }
}

function arrange(
  { survey, source, options, classes }: PictureImport,
  pictures: readonly SurveyedPicture[],
  broken: readonly BrokenPicture[],
): ArrangedImages {
  return arrangeImages({
    files: [...pictures.map((picture) => picture.path), ...broken.map(({ file }) => file)],
    folders: survey.folders,
    parts: options.parts ?? null,
    test: options.test ?? null,
    knownClasses: classes,
    source: source.name,
  });
}

function usedIn({ training, test }: ArrangedImages): (file: string) => boolean {
  const used = new Set([...training, ...test].map(({ file }) => file));
  return (file) => used.has(file);
}
