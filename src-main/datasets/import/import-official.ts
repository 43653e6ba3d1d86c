import path from 'node:path';
import { Problem } from '../../../src-shared/contract/problem.ts';
import { type ImportOptions, typedOptions } from '../../../src-shared/datasets/import-options.ts';
import {
  CIFAR100_LAYOUT,
  CIFAR10_LAYOUT,
  cifarImageFiles,
  type CifarLayout,
  CifarReader,
} from './cifar-binary.ts';
import { IdxReader, isIdxFile, plainIdxName } from './idx.ts';
import type { ImportedContent, ImportTask } from './import-task.ts';
import type { OfficialReader } from './official-reader.ts';
import type { Source } from './source.ts';
import type { Survey } from './survey.ts';
import { tellPassedOver } from './tell-passed-over.ts';
import { byCodeUnit } from './words.ts';

const LAYOUTS: readonly CifarLayout[] = [CIFAR10_LAYOUT, CIFAR100_LAYOUT];

/** Which official data set a source holds, and the paths of its files. */
export interface OfficialFiles {
  /** Null for IDX files. */
  readonly layout: CifarLayout | null;
  readonly files: readonly string[];
}

/** Whether a file's name is one of an official data set; that of a file of class names alone makes none. */
export function isOfficialName(file: string): boolean {
  const name = path.posix.basename(file);
  return isIdxFile(name) || LAYOUTS.some((layout) => allNames(layout).includes(name));
}

/**
 * @param files those of official names, by their paths
 * @returns null where they make no data set
 * @throws Problem `data-invalid` if a file is there twice
 */
export function officialFiles(files: readonly string[], source: string): OfficialFiles | null {
  const nameOf = (file: string): string => path.posix.basename(file);
  for (const layout of LAYOUTS) {
    if (!files.some((file) => cifarImageFiles(layout).includes(nameOf(file)))) continue;
    const own = files.filter((file) => allNames(layout).includes(nameOf(file)));
    return { layout, files: onlyOnes(own, nameOf, source) };
  }
  const idx = files.filter((file) => isIdxFile(nameOf(file)));
  return idx.length === 0
    ? null
    : { layout: null, files: onlyOnes(idx, (file) => plainIdxName(nameOf(file)), source) };
}

function allNames(layout: CifarLayout): readonly string[] {
  return [...cifarImageFiles(layout), layout.names];
}

/** One path for each name: of a file that lies beside its compressed form, that one, whose checksum may be known. */
function onlyOnes(files: readonly string[], nameOf: (file: string) => string, source: string): string[] {
  return [...Map.groupBy(files, nameOf).values()].map((same) => {
    const [first = '', second] = [...same].sort(byCodeUnit);
    if (second === undefined) return first;
    if (same.length === 2 && second === `${first}.gz`) return second;
    throw new Problem(
      'data-invalid',
      `${source} has the file ${nameOf(first)} more than once (${first}, ${second}); give the folder that holds one data set`,
    );
  });
}

/** Writes the parts of an official data set, file by file as the source has them. @throws as `importSource` does */
export async function importOfficial(
  official: OfficialFiles,
  survey: Survey,
  source: Source,
  task: ImportTask,
): Promise<ImportedContent> {
  const { layout, files } = official;
  refuseOptions(task.options, official, source.name);
  const options = { ...task, source: source.name, allLabels: task.options.allLabels ?? false };
  const content: OfficialReader = layout === null ? new IdxReader(options) : new CifarReader(layout, options);
  try {
    await takeAll(content, files, source, task);
    const imported = content.finish();
    const others = survey.official.filter((file) => !files.includes(file));
    const pictures = [...survey.pictures.map(({ path }) => path), ...survey.broken.map(({ file }) => file)];
    const passedOver = {
      ...survey.passedOver,
      files: [...survey.passedOver.files, ...others, ...pictures],
    };
    return { ...imported, remarks: [...imported.remarks, ...tellPassedOver(passedOver)] };
  } finally {
    content.close();
  }
}

async function takeAll(
  content: OfficialReader,
  files: readonly string[],
  source: Source,
  { onProgress, pause, signal }: ImportTask,
): Promise<void> {
  const wanted = new Set(files);
  const progress = { phase: 'import', what: source.name, images: 0 } as const;
  const onRead = (done: number, total: number): void => onProgress({ ...progress, done, total });
  for await (const entry of source.entries({ signal, onRead })) {
    if (entry.kind !== 'file' || !wanted.has(entry.file.path)) continue;
    await content.take(entry.file);
    await pause();
  }
}

/** Most are for pictures. @throws Problem `usage` */
function refuseOptions(options: ImportOptions, { layout }: OfficialFiles, source: string): void {
  const allLabels = layout === null ? undefined : options.allLabels;
  const typed = typedOptions({ ...options, memory: undefined, allLabels });
  if (typed !== '')
    throw new Problem(
      'usage',
      `${typed}: not for ${layout === null ? 'IDX files' : layout.title}; the images of ${source} are what they are`,
    );
}
