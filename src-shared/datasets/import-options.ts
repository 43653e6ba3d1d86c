import { z } from 'zod';

/** Where the folders stand that say which part a picture belongs to: above those of the classes, below them, or nowhere. */
export const PART_PLACES = ['above', 'below', 'none'] as const;
export type PartPlace = (typeof PART_PLACES)[number];

/** Side of a square in pixels. */
export const LARGEST_SIZE = 4096;

/** GiB of memory for pictures that are being read. */
export const DEFAULT_MEMORY = 1;

/** How pictures become a data set, where that can be chosen. What is left out is decided by what is found. */
export const importOptionsSchema = z.strictObject({
  size: z.int().min(1).max(LARGEST_SIZE).optional(),
  parts: z.enum(PART_PLACES).optional(),
  test: z.string().min(1).optional(),
  stretch: z.boolean().optional(),
  keepPictures: z.boolean().optional(),
  skipBroken: z.boolean().optional(),
  allLabels: z.boolean().optional(),
  memory: z.number().min(0.1).max(1024).optional(),
});
export type ImportOptions = z.infer<typeof importOptionsSchema>;

/** What an option is called. */
export interface OptionWords {
  /** As it is typed. */
  readonly flag: string;
  /** For a form. */
  readonly title: string;
  readonly about: string;
}

export const IMPORT_OPTIONS: Readonly<Record<keyof ImportOptions, OptionWords>> = {
  size: {
    flag: '--size',
    title: 'Side in pixels',
    about: 'resize images to n × n pixels: crop the largest centred square, then resample',
  },
  parts: {
    flag: '--parts',
    title: 'Folders train, val, test',
    about:
      'position of these folders: above the class folders, below them, or none (then they are ordinary classes)',
  },
  test: {
    flag: '--test',
    title: 'Test folder',
    about: 'folder to use as the test part, e.g. val (default: test)',
  },
  stretch: {
    flag: '--stretch',
    title: 'Stretch values',
    about: 'stretch the values of the training images to all 256 levels, e.g. for 12 bits in 16',
  },
  keepPictures: {
    flag: '--keep-pictures',
    title: 'Keep the pictures',
    about:
      'keep the files of the training images too, so that training cuts resized crops from the whole pictures; with --size',
  },
  skipBroken: {
    flag: '--skip-broken',
    title: 'Skip broken images',
    about: 'skip images that cannot be read, and list them',
  },
  allLabels: {
    flag: '--all-labels',
    title: 'One class per label number',
    about: 'IDX files: make every label up to the largest a class, even without images',
  },
  memory: {
    flag: '--memory',
    title: 'Memory in GiB',
    about: `memory limit for decoding images (default: ${DEFAULT_MEMORY}); larger images need more`,
  },
};

/** Options as they are typed, e.g. `--size 64 --skip-broken`; empty where there are none. */
export function typedOptions(options: ImportOptions): string {
  return Object.entries(IMPORT_OPTIONS)
    .flatMap(([name, { flag }]) => {
      const value = options[name as keyof ImportOptions];
      if (value === undefined || value === false) return [];
      return value === true ? [flag] : [`${flag} ${value}`];
    })
    .join(' ');
}
