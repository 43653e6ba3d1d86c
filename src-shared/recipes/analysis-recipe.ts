import { z } from 'zod';
import { figureStyleSchema } from '../figures/figure-style.ts';
import { figureChartSchema } from '../charts/kinds/registry.ts';

const NAME = /^[a-z0-9][a-z0-9-]{0,59}$/;

const name = z.string().regex(NAME, 'it must be of small letters, digits and dashes');
const words = z.string().trim();
const settings = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** One method with its settings. A method may have several steps. */
const stepSchema = z.strictObject({
  name,
  method: z.string(),
  settings: settings.default({}),
  /** What the settings for all steps may not exceed here: `images` of a step that takes hours with all of them. */
  atMost: z.record(z.string(), z.number()).default({}),
});

/** What is made of one step, and what it shows. */
const made = { name, of: z.string(), caption: words.default('') };

/** A chart of what a step found. */
const figureSchema = z.strictObject({
  ...made,
  chart: figureChartSchema,
  style: figureStyleSchema.prefault({}),
});

/** The numbers of a step as CSV. */
const tableSchema = z.strictObject({
  ...made,
  /** Which of the method's measures; null for all. */
  measures: z.array(z.string()).min(1).nullable().default(null),
});

/** The pictures of a step. */
const picturesSchema = z.strictObject(made);

/** A sentence from a measure of a step's layers. */
const answerSchema = z.strictObject({
  of: z.string(),
  measure: z.string(),
  /** Its course along the layers, or those where it is greatest or smallest. */
  says: z.enum(['course', 'greatest', 'smallest']),
  /** Of a course, which end is told. */
  best: z.enum(['high', 'low']).default('high'),
  /** Layers of these roles; null for all. */
  roles: z.array(z.string()).min(1).nullable().default(null),
});

/** Features of layers as NumPy files, of as many images as the recipe gives to all steps, or of all. */
const featuresSchema = z.strictObject({
  name,
  caption: words.default(''),
  /** Names of layers; all if empty. */
  layers: z.string().default(''),
  /** What becomes of a layer's output. */
  features: z.string().default('average'),
});

/** What is looked at in networks, and what is made of it. */
export const analysisRecipeSchema = z.strictObject({
  recipe: name,
  /** What it is for; the beginning of its page of text. */
  about: words.default(''),
  /** Which it answers on the page Layers, where it comes with the program; null for none. */
  question: words.nullable().default(null),
  /** A guess how long it takes of one run, for a machine on which nothing was timed yet. */
  seconds: z.number().positive().nullable().default(null),
  /** For every step whose method has a setting of this name, unless it says otherwise itself. */
  settings: settings.default({}),
  steps: z.array(stepSchema).min(1),
  /** Sentences that its page begins with. */
  answers: z.array(answerSchema).default([]),
  figures: z.array(figureSchema).default([]),
  /** Formats of the figures, as `kindling figure` has them. */
  formats: z.array(z.string()).min(1).default(['svg', 'pdf']),
  tables: z.array(tableSchema).default([]),
  pictures: z.array(picturesSchema).default([]),
  features: z.array(featuresSchema).default([]),
});

export type AnalysisRecipe = z.output<typeof analysisRecipeSchema>;
export type RecipeStep = AnalysisRecipe['steps'][number];
export type RecipeAnswer = AnalysisRecipe['answers'][number];
export type RecipeFigure = AnalysisRecipe['figures'][number];
export type RecipeTable = AnalysisRecipe['tables'][number];
export type RecipePictures = AnalysisRecipe['pictures'][number];
export type RecipeFeatures = AnalysisRecipe['features'][number];
