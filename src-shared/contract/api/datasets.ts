import { z } from 'zod';
import type { ClassCounts } from '../../datasets/class-counts.ts';
import type { DatasetSurvey, ImagePlace } from '../../datasets/dataset-survey.ts';
import type { DatasetRemark } from '../../datasets/dataset-remark.ts';
import { type ImportOptions, importOptionsSchema } from '../../datasets/import-options.ts';
import { imagesOfHashSchema } from '../../analysis/outcomes.ts';
import { augmentationRecipeSchema } from '../../studies/recipe.ts';
import { dataSchema } from '../../studies/study-schema.ts';
import { nothing, request, requestOfBytes } from './request.ts';
import type { Task } from './tasks.ts';

export interface DatasetListing {
  readonly name: string;
  /** `built-in` is made on first use; `damaged` says why in `note`. */
  readonly state: 'built-in' | 'prepared' | 'not added' | 'damaged';
  readonly classes: readonly string[];
  /** Null where it is known only after adding. */
  readonly shape: readonly [height: number, width: number, channels: number] | null;
  readonly trainingCount: number | null;
  readonly testCount: number | null;
  /** Null where it is known only after adding, or was not kept. */
  readonly classCounts: ClassCounts | null;
  /** 0 where nothing is prepared. */
  readonly bytesOnDisk: number;
  readonly hash: string | null;
  /** Where it came from, what it is, or what is wrong with it. */
  readonly note: string;
  /** What was chosen when it was added, and what was found and decided then. */
  readonly options: ImportOptions;
  readonly remarks: readonly DatasetRemark[];
}

/** An image of a data set, as it was prepared. */
export interface DatasetImage extends ImagePlace {
  /** As PNG. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface DatasetImages {
  /** How many match. */
  readonly total: number;
  readonly images: readonly DatasetImage[];
}

const partSchema = z.enum(['training', 'test']);

/** Images that are sent at once. */
const MOST_IMAGES_SENT = 200;

/** Some images of a data set: those of a part, and of a class by its number, in their order; or by their places. */
export const wantedImagesSchema = z.union([
  z.strictObject({
    part: partSchema,
    label: z.int().min(0).nullable(),
    from: z.int().min(0),
    count: z.int().min(1).max(MOST_IMAGES_SENT),
  }),
  z.strictObject({
    places: z.array(z.strictObject({ part: partSchema, image: z.int().min(0) })).max(MOST_IMAGES_SENT),
  }),
]);
export type WantedImages = z.output<typeof wantedImagesSchema>;

/** Training images as they are, and as the augmentation of a recipe varies them. */
export const augmentationRequestSchema = z.strictObject({
  name: z.string(),
  recipe: augmentationRecipeSchema,
  data: dataSchema.prefault({}),
  /** Of a run: the same seed varies the same image in the same way in the same epoch. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 31),
  /** Of the images of a run, in their order. */
  from: z.int().min(0),
  count: z.int().min(1).max(12),
  /** Epochs from the first. */
  draws: z.int().min(1).max(12),
});
export type AugmentationRequest = z.output<typeof augmentationRequestSchema>;

export interface AugmentedPictures {
  readonly images: readonly {
    readonly image: number;
    /** As PNG. */
    readonly original: Uint8Array<ArrayBuffer>;
    /** An epoch each. */
    readonly varied: readonly Uint8Array<ArrayBuffer>[];
  }[];
  /** Training images of a run. */
  readonly total: number;
  /** Images of these whose mean colour stands for what lies outside of an image; a run takes all. */
  readonly averaged: number;
}

export interface TestImage {
  /** Path of the picture within its folder; null for an image of a data set. */
  readonly file: string | null;
  /** As PNG. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export const datasetRequests = {
  'datasets.list': request<readonly DatasetListing[]>()(nothing),
  /**
   * Downloads, or reads a folder or archive of the host (`from`), or what was sent (`upload`), which is removed once it has become a
   * data set. Where the study `goOn` had ended for the want of it, it then goes on as it was launched.
   */
  'datasets.add': request<Task>()(
    z.strictObject({
      name: z.string().min(1),
      from: z.string().optional(),
      upload: z.string().optional(),
      options: importOptionsSchema.optional(),
      goOn: z.string().optional(),
    }),
  ),
  /** Images of a test part, or pictures that networks were looked at on, by their places. */
  'datasets.testImages': requestOfBytes<readonly TestImage[]>()(
    z.strictObject({ data: imagesOfHashSchema, images: z.array(z.int().min(0)).min(1).max(200) }),
  ),
  'datasets.images': requestOfBytes<DatasetImages>()(
    z.strictObject({ name: z.string(), wanted: wantedImagesSchema }),
  ),
  /** Training images as a run sees them in its first epochs. */
  'datasets.augment': requestOfBytes<AugmentedPictures>()(augmentationRequestSchema),
  /** What was found when all images of a data set were looked at; null before that. */
  'datasets.survey': requestOfBytes<DatasetSurvey | null>()(z.strictObject({ name: z.string() })),
  /** Looks at all images of a data set; what is found is kept beside them. */
  'datasets.look': request<Task>()(z.strictObject({ name: z.string() })),
} as const;
