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
function isPicture(head: Buffer): boolean {
  const text = head.toString('latin1');
  return SIGNATURES.some((marks) => marks.every(([at, mark]) => text.startsWith(mark, at))) || isAvif(text);
}

/** Why a file is no picture of a format that is read, by how it begins; null for one that is. */
export function signatureProblem(head: Buffer): string | null {
  if (isPicture(head)) return null;
  if (head.length === 0) return 'it is empty';
  return isHeic(head.toString('latin1')) ? 'it is a HEIC picture' : 'it does not start like an image file';
}

/** A box `ftyp` whose main or other brands have AVIF; HEIC, which has the same box, is not read. */
function isAvif(text: string): boolean {
  return text.startsWith('ftyp', 4) && /avi[fs]/.test(text.slice(8, SIGNATURE_BYTES));
}

/** Whatever its name says: phones and mail programs call them `.jpg`, too. */
function isHeic(text: string): boolean {
  return text.startsWith('ftyp', 4) && /^(?:he[iv][cmsx]|mif1|msf1)/.test(text.slice(8));
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
