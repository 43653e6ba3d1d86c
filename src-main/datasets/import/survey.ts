import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { inOrder } from './in-order.ts';
import { type PictureHeader, readHeader } from './picture-header.ts';
import { isNamedPicture, SIGNATURE_BYTES, signatureProblem } from './picture-signature.ts';
import type { ReadControl, Source, SourceEntry, SourceFile } from './source.ts';
import { type BrokenPicture, orUnreadable, Unreadable } from './broken-pictures.ts';
import { byCodeUnit } from './words.ts';

/** What is in a source, without its pixels. */
export interface Survey {
  /** Files of formats of whole data sets, whose names say what they are. */
  readonly ofWhole: readonly string[];
  /** In the order of their paths; those of them that are links share the file of another. */
  readonly pictures: readonly SurveyedPicture[];
  readonly folders: readonly string[];
  readonly broken: readonly BrokenPicture[];
  readonly passedOver: PassedOver;
}

export interface SurveyedPicture {
  /** Where it stands, which says its class. */
  readonly path: string;
  /** The path of the file that has its content. */
  readonly file: string;
  readonly bytes: number;
  readonly header: PictureHeader;
}

export interface PassedOver {
  /** Neither pictures that are read nor part of a whole data set. */
  readonly files: readonly string[];
  readonly litter: readonly string[];
  readonly unreachable: readonly { readonly path: string; readonly why: string }[];
  readonly special: readonly string[];
}

export interface SurveyOptions extends ReadControl {
  readonly isOfWhole: (file: string) => boolean;
  /** All pictures must have one size, as they are not brought to one. */
  readonly oneSize: boolean;
  /** Bytes; a larger file is not read. */
  readonly largestFile: number;
  readonly onPictures?: (count: number) => void;
}

/**
 * Looks at everything in a source once: which files are pictures, by their content, and how large, by their headers.
 * @throws Problem `data-invalid` at the first picture of another size, if they must have one; those of the source
 */
export async function survey(source: Source, options: SurveyOptions): Promise<Survey> {
  const found = new Findings(source.name, options);
  const examine = (entry: SourceEntry): Promise<Examined> => examineEntry(entry, options);
  const examined = inOrder(source.entries(options), examine, { most: source.atOnce });
  for await (const each of examined) found.add(each);
  return found.survey();
}

type Examined =
  | Exclude<SourceEntry, { kind: 'file' }>
  | { readonly kind: 'of whole'; readonly path: string }
  | { readonly kind: 'picture'; readonly picture: SurveyedPicture }
  | { readonly kind: 'broken'; readonly broken: BrokenPicture }
  | { readonly kind: 'other'; readonly path: string };

async function examineEntry(
  entry: SourceEntry,
  { isOfWhole, largestFile }: SurveyOptions,
): Promise<Examined> {
  if (entry.kind !== 'file') return entry;
  const { path } = entry.file;
  if (isOfWhole(path)) return { kind: 'of whole', path };
  const examined = await orUnreadable(() => examineFile(entry.file, largestFile));
  if (!(examined instanceof Unreadable)) return examined;
  return { kind: 'broken', broken: { file: path, reason: examined.message } };
}

/** @throws Unreadable for a picture that cannot be used */
async function examineFile(file: SourceFile, largestFile: number): Promise<Examined> {
  const { path, bytes } = file;
  const refusal = signatureProblem(await file.head(SIGNATURE_BYTES));
  if (refusal !== null) {
    if (!isNamedPicture(path)) return { kind: 'other', path };
    throw new Unreadable(refusal);
  }
  if (bytes > largestFile) throw new Unreadable(`its file has ${bytes} bytes; --memory allows more`);
  return { kind: 'picture', picture: { path, file: path, bytes, header: await readHeader(file) } };
}

/** Collects what was examined. */
class Findings {
  readonly #source: string;
  readonly #options: SurveyOptions;
  readonly #ofWhole = new Set<string>();
  readonly #pictures = new Map<string, SurveyedPicture>();
  readonly #broken = new Map<string, BrokenPicture>();
  readonly #other = new Set<string>();
  readonly #aliases = new Map<string, string>();
  readonly #folders: string[] = [];
  readonly #litter = new Set<string>();
  readonly #unreachable: { path: string; why: string }[] = [];
  readonly #special: string[] = [];
  #first: SurveyedPicture | null = null;

  constructor(source: string, options: SurveyOptions) {
    this.#source = source;
    this.#options = options;
  }

  add(each: Examined): void {
    switch (each.kind) {
      case 'picture':
        this.#addPicture(each.picture);
        break;
      case 'of whole':
        this.#ofWhole.add(each.path);
        break;
      case 'broken':
        this.#broken.set(each.broken.file, each.broken);
        break;
      case 'other':
        this.#other.add(each.path);
        break;
      case 'alias':
        this.#aliases.set(each.path, each.target);
        break;
      case 'folder':
        this.#folders.push(each.path);
        break;
      case 'litter':
        this.#litter.add(each.path);
        break;
      case 'unreachable':
        this.#unreachable.push({ path: each.path, why: each.why });
        break;
      case 'special':
        this.#special.push(each.path);
        break;
    }
  }

  survey(): Survey {
    for (const path of this.#aliases.keys()) this.#addAlias(path);
    const inOrderOfPaths = [...this.#pictures].sort(([one], [other]) => byCodeUnit(one, other));
    return {
      ofWhole: [...this.#ofWhole],
      pictures: inOrderOfPaths.map(([, picture]) => picture),
      folders: this.#folders,
      broken: [...this.#broken.values()],
      passedOver: {
        files: [...this.#other],
        litter: [...this.#litter],
        unreachable: this.#unreachable,
        special: this.#special,
      },
    };
  }

  /** The first picture of another size ends it: before any pixel is decoded, and with names. */
  #addPicture(picture: SurveyedPicture): void {
    const { oneSize, onPictures } = this.#options;
    const first = (this.#first ??= picture);
    if (oneSize && sizeOf(first) !== sizeOf(picture)) {
      const mixed = `${this.#source}: the images have mixed sizes, e.g. ${first.path} (${sizeOf(first)}) and ${picture.path} (${sizeOf(picture)}).`;
      throw new Problem('data-invalid', `${mixed} Add --size N to bring them all to N x N.`, {
        fact: `${mixed} Give the side to which all are brought.`,
      });
    }
    this.#pictures.set(picture.path, picture);
    onPictures?.(this.#pictures.size);
  }

  /** A link has what its target has, whatever that is. */
  #addAlias(path: string): void {
    const target = this.#targetOf(path);
    const picture = this.#pictures.get(target);
    const broken = this.#broken.get(target);
    if (picture) this.#pictures.set(path, { ...picture, path });
    else if (broken) this.#broken.set(path, { ...broken, file: path });
    else if (this.#other.has(target) || this.#ofWhole.has(target)) this.#other.add(path);
    else this.#unreachable.push({ path, why: `leads to ${target}, which is not a file of the archive` });
  }

  #targetOf(path: string): string {
    let target = path;
    const seen = new Set<string>();
    for (let next = this.#aliases.get(target); next !== undefined && !seen.has(target);) {
      seen.add(target);
      target = next;
      next = this.#aliases.get(target);
    }
    return target;
  }
}

function sizeOf({ header }: SurveyedPicture): string {
  return `${header.width}x${header.height}`;
}
