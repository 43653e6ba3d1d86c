import sharp, { type Metadata } from 'sharp';
import { Unreadable } from './broken-pictures.ts';
import { amongOthers, withOwnError } from './own-errors.ts';
import type { SourceFile } from './source.ts';

/** What the beginning of a picture's file says of it. */
export interface PictureHeader {
  /** Upright, as its EXIF orientation says. */
  readonly width: number;
  readonly height: number;
  /** 1 where it can only be grey. */
  readonly channels: 1 | 3;
  /** Whether its values have 16 bits. */
  readonly isDeep: boolean;
  /** Frames or pages, of which the first is taken. */
  readonly frames: number;
  /** Bytes of memory for each pixel while it is decoded to what it is: those of the file come on top. */
  readonly bytesPerPixel: number;
}

/** How many copies of all samples a decoder keeps, as measured (libvips 8.17), besides what it reads and what it gives. */
const DECODERS_COPIES: Readonly<Record<string, number>> = { webp: 2, gif: 1, tiff: 1, heif: 5 };

/** Holds the header in nearly every file; where it does not, the whole file is read. */
const BEGINNING = 1 << 16;

/** @throws Unreadable where there is none that could be used */
export async function readHeader(file: SourceFile): Promise<PictureHeader> {
  const beginning = await file.head(BEGINNING);
  try {
    return headerOf(await amongOthers(() => metadataOf(beginning)));
  } catch {
    const whole = file.bytes > BEGINNING ? await file.all() : beginning;
    return headerOf(await withOwnError(() => metadataOf(whole)));
  }
}

/** Whether a picture can only be grey: its file holds no colours, and no transparency. */
export function isGreyOnly({ space, hasAlpha }: Pick<Metadata, 'space' | 'hasAlpha'>): boolean {
  return !hasAlpha && (space === 'b-w' || space === 'grey16');
}

function headerOf({ autoOrient, depth, space, hasAlpha, pages = 1, ...rest }: Metadata): PictureHeader {
  if (depth !== 'uchar' && depth !== 'ushort')
    throw new Unreadable(`its values have the type ${depth}; save it with 8 or 16 bits`);
  if (rest.channels > 4)
    throw new Unreadable(`it has ${rest.channels} channels; save it in greyscale or colour`);
  return {
    ...autoOrient,
    channels: isGreyOnly({ space, hasAlpha }) ? 1 : 3,
    isDeep: depth === 'ushort',
    frames: pages,
    bytesPerPixel: Math.max(rest.channels, 3) * (depth === 'ushort' ? 2 : 1) * copiesOf(rest),
  };
}

/** A picture that is turned, or comes in several passes, is in memory as a whole once more. */
function copiesOf({
  format,
  orientation = 1,
  isProgressive,
}: Pick<Metadata, 'format' | 'orientation' | 'isProgressive'>): number {
  return 2 + (DECODERS_COPIES[format] ?? 0) + (orientation > 1 ? 1 : 0) + (isProgressive ? 1 : 0);
}

async function metadataOf(content: Buffer): Promise<Metadata> {
  try {
    return await sharp(content, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw Unreadable.because(error);
  }
}
