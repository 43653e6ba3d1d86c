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
    about: 'bring pictures to n x n pixels: the largest centred square of each, resampled',
  },
  parts: {
    flag: '--parts',
    title: 'Folders train, val, test',
    about: 'above the folders of the classes, below them, or none: then they are classes like all others',
  },
  test: {
    flag: '--test',
    title: 'Folder of the test part',
    about: 'the folder that becomes the test part, e.g. val; test by default',
  },
  stretch: {
    flag: '--stretch',
    title: 'Stretch values',
    about: 'spread the values of the training pictures over all 256 levels, e.g. of 12 bits in 16',
  },
  skipBroken: {
    flag: '--skip-broken',
    title: 'Leave out broken pictures',
    about: 'leave out pictures that cannot be read, and say which',
  },
  allLabels: {
    flag: '--all-labels',
    title: 'A class for every label',
    about: 'IDX files: also labels that no image has, up to the largest, are classes',
  },
  memory: {
    flag: '--memory',
    title: 'Memory in GiB',
    about: `the most memory for pictures that are being read (${DEFAULT_MEMORY} by default); larger ones need more`,
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
