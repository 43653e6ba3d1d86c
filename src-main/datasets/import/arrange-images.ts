import { whole } from '../../../src-shared/numbers.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { note, warning, type DatasetRemark } from '../../../src-shared/datasets/dataset-remark.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { MOST_CLASSES } from '../part-file.ts';
import { findLayout, type FolderPart, folderPart, type Layout, type LayoutOptions } from './find-layout.ts';
import { byCodeUnit, firstOf } from './words.ts';
import { counted } from '../../../src-shared/counted.ts';

/** Share of each class that becomes the test part where the source has none of its own. */
const TEST_SHARE = 0.2;

export interface ArrangedImages {
  readonly classes: readonly string[];
  readonly training: readonly ArrangedImage[];
  readonly test: readonly ArrangedImage[];
  /** What was done with the parts of the source. */
  readonly remarks: readonly DatasetRemark[];
}

export interface ArrangedImage {
  readonly file: string;
  readonly label: number;
}

export interface Arrangement extends LayoutOptions {
  /** Paths of the pictures. */
  readonly files: readonly string[];
  /** Paths of all folders, to find classes without a picture. */
  readonly folders: readonly string[];
  /** Class names in the order of their labels where the data set is a known one, else empty. */
  readonly knownClasses: readonly string[];
  /** For messages. */
  readonly source: string;
}

interface PlacedImage {
  readonly file: string;
  readonly name: string;
  /** The folder that names its part. */
  readonly partFolder: string | null;
  readonly part: FolderPart;
}

/**
 * Finds the class and part of each picture by its path, as `findLayout` reads it. Classes are in alphabetical order (by
 * code unit), unless `knownClasses` are the same set in another. Images are in the order of their paths. Without a test
 * part, a stratified share of each class is cut off; which images depends on their paths alone.
 * @throws Problem `data-invalid`: no pictures, a picture outside the classes, one class, a class without pictures, or
 *   folders that may mean two things
 */
export function arrangeImages(arrangement: Arrangement): ArrangedImages {
  const { files, knownClasses, source } = arrangement;
  const invalid = (what: string): Problem => new Problem('data-invalid', `${source}: ${what}`);
  if (files.length === 0)
    throw invalid('no images found (in class/file.jpg, with or without train/ and test/)');
  const sorted = [...files].sort(byCodeUnit);
  const paths = sorted.map(foldersOf);
  const layout = findLayout(paths, arrangement, source);
  const { shared } = layout;
  if (shared.length > 0 && paths.every((folders) => folders.length === shared.length))
    throw invalid(oneClass(shared.at(-1) ?? ''));
  const placed = sorted.map((file) => placeImage(file, layout, arrangement.test, invalid));
  const used = placed.filter(({ part }) => part !== 'left out');
  const classes = orderClasses([...new Set(used.map(({ name }) => name))], knownClasses);
  if (classes.length < 2) throw invalid(oneClass(classes[0] ?? ''));
  if (classes.length > MOST_CLASSES)
    throw invalid(
      `${counted(classes.length, 'folder')} would become classes, more than 16-bit labels can distinguish (${whole(MOST_CLASSES)})`,
    );
  requireFilled(arrangement, layout, classes, invalid);
  requireTestFolder(arrangement, placed);

  const labels = new Map(classes.map((name, label) => [name, label]));
  const imagesOf = (inTest: boolean): ArrangedImage[] =>
    used
      .filter(({ part }) => (part === 'test') === inTest)
      .map(({ file, name }) => ({ file, label: labels.get(name) ?? 0 }));
  const [training, test] = [imagesOf(false), imagesOf(true)];
  const trained = new Set(training.map(({ label }) => label));
  const untrained = classes.filter((_, label) => !trained.has(label));
  if (untrained.length > 0)
    throw invalid(
      `${counted(untrained.length, 'class has', 'classes have')} test images only (${firstOf(untrained)}); add training images, or remove them`,
    );
  const parts = test.length > 0 ? { training, test } : cutTest(training, classes, invalid);
  return { classes, ...parts, remarks: tellParts(placed, parts.test.length, test.length > 0) };
}

function oneClass(name: string): string {
  return `only one class (${JSON.stringify(name)}); at least two are needed`;
}

function foldersOf(file: string): string[] {
  return file.split('/').slice(0, -1);
}

function placeImage(
  file: string,
  { shared, classAt, partAt }: Layout,
  test: string | null,
  invalid: (what: string) => Problem,
): PlacedImage {
  const folders = foldersOf(file);
  const name = folders[classAt];
  const partFolder = partAt === null ? null : (folders[partAt] ?? null);
  if (name !== undefined) {
    const part = partFolder === null ? null : folderPart(partFolder, test);
    return { file, name, partFolder, part: part ?? 'training' };
  }
  const wanted = partAt === null ? 'class/file' : 'train/class/file';
  throw invalid(
    `the image ${file} is not in a class; put each class into a folder of its own (${[...shared, wanted].join('/')})`,
  );
}

/** A folder at the place of a class that holds no picture is a class that is missing. */
function requireFilled(
  { folders, test }: Arrangement,
  { shared, classAt, partAt }: Layout,
  classes: readonly string[],
  invalid: (what: string) => Problem,
): void {
  const known = new Set(classes);
  const empty = folders.filter((folder) => {
    const names = folder.split('/');
    const isBeside = shared.every((name, depth) => names[depth] === name);
    const isOfPart = partAt !== shared.length || folderPart(names[partAt] ?? '', test) !== null;
    return names.length === classAt + 1 && isBeside && isOfPart && !known.has(names[classAt] ?? '');
  });
  if (empty.length === 0) return;
  const names = [...new Set(empty.map((folder) => folder.split('/')[classAt] ?? ''))].sort(byCodeUnit);
  const which =
    names.length === 1 ? `the class ${JSON.stringify(names[0])} has` : `the classes ${firstOf(names)} have`;
  throw invalid(`${which} no readable images (folder ${empty[0]}); add images to the folder, or remove it`);
}

function requireTestFolder({ test, source }: Arrangement, placed: readonly PlacedImage[]): void {
  if (test === null || placed.some(({ part }) => part === 'test')) return;
  throw new Problem(
    'usage',
    `--test ${test}: ${source} has no such folder with images at the level of the parts`,
  );
}

function cutTest(
  images: readonly ArrangedImage[],
  classes: readonly string[],
  invalid: (what: string) => Problem,
): { training: ArrangedImage[]; test: ArrangedImage[] } {
  const chosen = new Set<ArrangedImage>();
  const byLabel = Map.groupBy(images, ({ label }) => label);
  for (const [label, name] of classes.entries()) {
    const members = byLabel.get(label) ?? [];
    if (members.length < 2) {
      throw invalid(
        `the class ${JSON.stringify(name)} has only one image; at least two are needed to split off a test part`,
      );
    }
    const count = Math.max(1, Math.round(members.length * TEST_SHARE));
    for (const index of randomStream(0, 'test cut', label).permutation(members.length).subarray(0, count)) {
      const member = members[index];
      if (member !== undefined) chosen.add(member);
    }
  }
  return {
    training: images.filter((image) => !chosen.has(image)),
    test: images.filter((image) => chosen.has(image)),
  };
}

function tellParts(placed: readonly PlacedImage[], testCount: number, hasTest: boolean): DatasetRemark[] {
  const foldersOfPart = (wanted: FolderPart): string =>
    firstOf([
      ...new Set(placed.flatMap(({ part, partFolder }) => (part === wanted ? (partFolder ?? []) : []))),
    ]);
  const countOf = (wanted: FolderPart): number => placed.filter(({ part }) => part === wanted).length;
  const remarks: DatasetRemark[] = [];
  const validation = countOf('validation');
  if (validation > 0) {
    const folders = foldersOfPart('validation');
    const done = `${folders} (${counted(validation, 'image')}) added to the training part, from which Kindling cuts its own validation part`;
    const trained = new Set(placed.flatMap(({ part, name }) => (part === 'training' ? [name] : [])));
    const untrained = [...new Set(placed.map(({ name }) => name))].filter((name) => !trained.has(name));
    const unless = untrained.length === 0 ? '' : `, once ${firstOf(untrained)} has training images`;
    remarks.push(
      hasTest
        ? note(`${done}.`)
        : warning(`${done}. --test ${folders} makes it the test part instead${unless}.`),
    );
  }
  const leftOut = countOf('left out');
  if (leftOut > 0)
    remarks.push(
      warning(
        `${foldersOfPart('left out')} (${counted(leftOut, 'image')}) left out: --test names another folder as the test part.`,
      ),
    );
  if (!hasTest) {
    remarks.push(
      note(
        `The source has no test part: ${counted(testCount, 'image')}, ${100 * TEST_SHARE} % of each class, became the test part.`,
      ),
    );
  }
  return remarks;
}

function orderClasses(found: readonly string[], known: readonly string[]): string[] {
  const same = known.length === found.length && known.every((name) => found.includes(name));
  return same ? [...known] : [...found].sort(byCodeUnit);
}
