import { Problem } from '../../../src-shared/contract/problem.ts';
import { randomStream } from '../../../src-shared/random.ts';

/** Share of each class that becomes the test part where the source has none of its own. */
export const TEST_SHARE = 0.2;

export interface ArrangedImages {
  readonly classes: readonly string[];
  readonly training: readonly ArrangedImage[];
  readonly test: readonly ArrangedImage[];
}

export interface ArrangedImage {
  readonly file: string;
  readonly label: number;
}

interface Place {
  readonly part: 'training' | 'test' | null;
  /** Folders below the part's folder, or below the source. */
  readonly folders: readonly string[];
}

const PARTS: Readonly<Record<string, 'training' | 'test'>> = {
  train: 'training',
  training: 'training',
  val: 'training',
  valid: 'training',
  validation: 'training',
  test: 'test',
  testing: 'test',
};

/** The part is named by the first folder that is called train, test or alike; what follows are its folders. */
function place(folders: readonly string[]): Place {
  for (const [depth, folder] of folders.entries()) {
    const part = PARTS[folder.toLowerCase()];
    if (part !== undefined) return { part, folders: folders.slice(depth + 1) };
  }
  return { part: null, folders };
}

/** Whether a path is litter that operating systems leave behind: hidden, or below `__MACOSX`. */
export function isLitter(file: string): boolean {
  return file.split('/').some((name) => name.startsWith('.') || name === '__MACOSX');
}

/**
 * Finds the class and part of each image by its path: `class/file`, optionally below `train/` and `test/`, all
 * of it below any number of folders that all share. Classes are in alphabetical order (by code unit), unless
 * `knownClasses` are the same set in another. Images are in the order of their paths. Without a test folder, a
 * stratified share of each class is cut off; which images depends on their paths alone.
 * @param files paths of the images
 * @param emptyCandidates paths of all folders, to find classes without an image
 * @param source for messages
 * @throws Problem `data-invalid`: no images, an image outside the classes, one class, a class without images
 */
export function arrangeImages(
  files: readonly string[],
  emptyCandidates: readonly string[],
  knownClasses: readonly string[],
  source: string,
): ArrangedImages {
  const invalid = (what: string): Problem => new Problem('data-invalid', `${source}: ${what}`);
  if (files.length === 0) {
    throw invalid('no images found (JPEG, PNG or WebP in class/file.jpg, with or without train/ and test/)');
  }
  const sorted = [...files].sort(byCodeUnit);
  const parents = sorted.map((file) => place(file.split('/').slice(0, -1)));
  const divided = parents.some(({ part }) => part !== null);
  const shared = divided ? 0 : sharedDepth(parents.map(({ folders }) => folders));
  const names = parents.map(({ part, folders }, index) => {
    const name = folders[shared];
    if (name !== undefined && (part !== null || !divided)) return name;
    if (!divided && parents.every(({ folders: other }) => other.length === shared)) {
      throw invalid(
        'all images lie in one folder, so there is one class only; put each class into a folder of its own',
      );
    }
    const wanted = divided ? 'train/class/file or test/class/file' : 'class/file';
    throw invalid(`the image ${sorted[index]} is in no class; the others are laid out as ${wanted}`);
  });
  const classes = orderClasses([...new Set(names)], knownClasses);
  if (classes.length < 2) throw invalid(`one class only ("${classes[0]}"); there is nothing to tell apart`);

  for (const folder of emptyCandidates) {
    const { part, folders } = place(folder.split('/'));
    const name = folders[shared];
    const isClass = folders.length === shared + 1 && (part !== null || !divided);
    if (isClass && name !== undefined && !isLitter(folder) && !classes.includes(name)) {
      throw invalid(`the class "${name}" has no images (folder ${folder}); fill the folder or remove it`);
    }
  }

  const training: ArrangedImage[] = [];
  const test: ArrangedImage[] = [];
  for (const [index, file] of sorted.entries()) {
    const image = { file, label: classes.indexOf(names[index] ?? '') };
    (parents[index]?.part === 'test' ? test : training).push(image);
  }
  for (const [label, name] of classes.entries()) {
    if (!training.some((image) => image.label === label)) {
      throw invalid(`the class "${name}" has no training images`);
    }
  }
  return { classes, ...(test.length > 0 ? { training, test } : cutTest(training, classes, invalid)) };
}

function cutTest(
  images: readonly ArrangedImage[],
  classes: readonly string[],
  invalid: (what: string) => Problem,
): { training: ArrangedImage[]; test: ArrangedImage[] } {
  const chosen = new Set<ArrangedImage>();
  for (const [label, name] of classes.entries()) {
    const members = images.filter((image) => image.label === label);
    if (members.length < 2) {
      throw invalid(`the class "${name}" has one image only; at least two are needed to cut a test part`);
    }
    const count = Math.max(1, Math.round(members.length * TEST_SHARE));
    for (const index of randomStream(0, 'test cut', label).permutation(members.length).subarray(0, count)) {
      const member = members[index];
      if (member !== undefined) chosen.add(member);
    }
  }
  return { training: images.filter((image) => !chosen.has(image)), test: [...chosen].sort(byFile) };
}

function orderClasses(found: readonly string[], known: readonly string[]): string[] {
  const same = known.length === found.length && known.every((name) => found.includes(name));
  return same ? [...known] : [...found].sort(byCodeUnit);
}

/** How many leading folders all paths have in common. */
function sharedDepth(paths: readonly (readonly string[])[]): number {
  const first = paths[0] ?? [];
  let depth = 0;
  while (depth < first.length && paths.every((folders) => folders[depth] === first[depth])) depth += 1;
  return depth;
}

function byFile(a: ArrangedImage, b: ArrangedImage): number {
  return byCodeUnit(a.file, b.file);
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
