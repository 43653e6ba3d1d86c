/** As text at a place from the beginning, one byte a letter. */
type Mark = readonly [at: number, text: string];

/** How files of the formats begin that are read: JPEG, PNG, GIF, WebP, TIFF (and BigTIFF) of both byte orders. */
const SIGNATURES: readonly (readonly Mark[])[] = [
  [[0, '\xff\xd8\xff']],
  [[0, '\x89PNG\r\n\x1a\n']],
  [[0, 'GIF8']],
  [
    [0, 'RIFF'],
    [8, 'WEBP'],
  ],
  [[0, 'II*\0']],
  [[0, 'MM\0*']],
  [[0, 'II+\0']],
  [[0, 'MM\0+']],
];

/** Bytes that are enough to tell. */
export const SIGNATURE_BYTES = 64;

export const FORMATS = 'JPEG, PNG, WebP, GIF, TIFF, AVIF';

/** Whether a file is a picture of a format that is read, by how it begins. */
export function isPicture(head: Buffer): boolean {
  const text = head.toString('latin1');
  return SIGNATURES.some((marks) => marks.every(([at, mark]) => text.startsWith(mark, at))) || isAvif(text);
}

/** A box `ftyp` whose main or other brands have AVIF; HEIC, which has the same box, is not read. */
function isAvif(text: string): boolean {
  return text.startsWith('ftyp', 4) && /avi[fs]/.test(text.slice(8, SIGNATURE_BYTES));
}

/** Whether a file's name says that it is a picture of a format that is read. */
export function isNamedPicture(file: string): boolean {
  return /\.(?:jpe?g|jpe|jfif|png|webp|gif|tiff?|avif)$/i.test(file);
}

/** Whether a file's name says that it is a picture, but of a format that is not read. */
export function isUnreadPicture(file: string): boolean {
  return /\.(?:bmp|dib|heic|heif|jp2|j2k|jxl|psd|ico|svgz?|pdf|eps|tga|p[bgpn]m|exr|hdr|dcm|fits?|npy|raw|cr[23]|nef|arw|dng|orf|rw2)$/i.test(
    file,
  );
}
