import path from 'node:path';
import type { DatasetRemark } from '../../../src-shared/datasets/dataset-remark.ts';
import { PartWriter } from '../part-writer.ts';
import type { ArrangedImage, ArrangedImages } from './arrange-images.ts';
import type { KeptPicture } from './decode-all.ts';
import type { ValueRange } from './decode-picture.ts';
import type { ImportedContent, PictureImport } from './import-task.ts';
import type { ScratchFile } from '../../files/scratch-file.ts';
import { rangeOver, stretched, tellNarrow, tellStretch } from './stretch.ts';
import type { SurveyedPicture } from './survey.ts';

export interface DecodedPictures extends PictureImport {
  /** Those that could be read. */
  readonly pictures: readonly SurveyedPicture[];
  /** By file. */
  readonly kept: ReadonlyMap<string, KeptPicture>;
  readonly scratch: ScratchFile;
}

export interface WrittenPictures {
  readonly shape: ImportedContent['shape'];
  readonly remarks: readonly DatasetRemark[];
}

interface LabelledPicture extends KeptPicture {
  readonly label: number;
}

/** How samples become the bytes of an image. */
interface Conversion {
  readonly shape: ImportedContent['shape'];
  /** The range that becomes the levels 0 to 255 where samples have 16 bits; null where they are those levels. */
  readonly stretch: ValueRange | null;
}

/** Pictures between two pauses. */
const STRIDE = 512;

/** Writes both parts, as colour as soon as one picture of them is coloured. */
export async function writePictures(
  { training, test }: ArrangedImages,
  decoded: DecodedPictures,
): Promise<WrittenPictures> {
  const find = finder(decoded);
  const [trained, tested] = [training.map(find), test.map(find)];
  const used = [...trained, ...tested];
  const { size, stretch: wanted } = decoded.options;
  const header = decoded.pictures[0]?.header;
  const channels = used.some((picture) => picture.channels === 3) ? 3 : 1;
  const shape = [size ?? header?.height ?? 0, size ?? header?.width ?? 0, channels] as const;
  const stretch = wanted === true ? rangeOver(trained.map(({ range }) => range)) : null;
  await writePart('training.bin', trained, { shape, stretch }, decoded);
  await writePart('test.bin', tested, { shape, stretch }, decoded);
  return {
    shape,
    remarks: stretch === null ? tellNarrow(used.map(({ range }) => range)) : [tellStretch(stretch)],
  };
}

function finder({ pictures, kept }: DecodedPictures): (image: ArrangedImage) => LabelledPicture {
  const fileOf = new Map(pictures.map((picture) => [picture.path, picture.file]));
  return ({ file, label }) => {
    const found = kept.get(fileOf.get(file) ?? '');
    if (found === undefined) throw new Error(`${file} was not decoded`);
    return { ...found, label };
  };
}

async function writePart(
  name: string,
  pictures: readonly LabelledPicture[],
  conversion: Conversion,
  { folder, scratch, pause }: DecodedPictures,
): Promise<void> {
  const pixels = conversion.shape[0] * conversion.shape[1];
  const writer = new PartWriter(path.join(folder, name), pictures.length, pixels * conversion.shape[2]);
  try {
    writer.setLabels(Uint16Array.from(pictures, ({ label }) => label));
    for (const [index, picture] of pictures.entries()) {
      if (index % STRIDE === 0) await pause();
      writer.append(imageBytes(picture, pixels, scratch, conversion));
    }
    writer.finish();
  } finally {
    writer.close();
  }
}

function imageBytes(
  { at, channels }: KeptPicture,
  pixels: number,
  scratch: ScratchFile,
  { shape, stretch }: Conversion,
): Uint8Array {
  const read = <Samples extends Uint8Array | Uint16Array>(samples: Samples): Samples => {
    scratch.read(at, new Uint8Array(samples.buffer));
    return samples;
  };
  const length = pixels * channels;
  const bytes =
    stretch === null ? read(new Uint8Array(length)) : stretched(read(new Uint16Array(length)), stretch);
  return channels === shape[2] ? bytes : inColour(bytes);
}

/** A grey image among coloured ones: its value for red, green and blue. */
function inColour(grey: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(grey.length * 3);
  for (let pixel = 0; pixel < grey.length; pixel++) bytes.fill(grey[pixel] ?? 0, pixel * 3, pixel * 3 + 3);
  return bytes;
}
