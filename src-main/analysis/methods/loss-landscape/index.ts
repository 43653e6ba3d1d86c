import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { imagesOf } from '../../settings.ts';

/** Its numbers; `key` names them where they are computed. */
export const MEASURES = [
  {
    name: 'loss',
    key: 'loss',
    title: 'Loss at the centre',
    kind: 'number',
    range: 'not negative',
    axis: 'cross-entropy',
  },
  {
    name: 'low-share',
    key: 'low',
    title: 'Plane below twice the loss',
    kind: 'share',
    axis: 'share of the grid below twice the loss of the centre',
  },
  {
    name: 'useful-share',
    key: 'useful',
    title: 'Plane better than chance',
    kind: 'share',
    axis: 'share of the grid with a loss below ln(classes)',
  },
  {
    name: 'sharpness',
    key: 'sharpness',
    title: 'Sharpness on the plane',
    kind: 'number',
    axis: '(largest loss - loss) / (1 + loss) within half the extent',
  },
] as const;

/** The loss around the trained weights. */
export const lossLandscapeMethod = defineMethod({
  name: 'loss-landscape',
  title: 'Loss landscape',
  family: 'pictures',
  order: 9,
  about: 'The loss around the trained weights, on a plane of two random directions.',
  scatter:
    'The interval of the loss is over the images. The plane has none: two directions are drawn, and another seed gives another plane.',
  measures: MEASURES.map(({ name, title, kind, axis, ...measure }) => ({
    ...{ name, title, kind, axis, scopes: ['network'] },
    ...('range' in measure && { range: measure.range }),
  })),
  settings: z.strictObject({
    images: imagesOf(300, 'number of images for the loss, the classes in turn'),
    points: z
      .int()
      .min(5)
      .max(101)
      .refine((points) => points % 2 === 1, 'must be odd, so that the network itself is one of the points')
      .default(15)
      .describe('points along each direction'),
    extent: z
      .number()
      .min(0.01)
      .max(10)
      .default(1)
      .describe('distance from the weights, relative to the norm of each filter'),
    seed: z.int().min(0).default(0).describe('seed of the two directions'),
  }),
});
