import { z } from 'zod';
import { imagesOfHashSchema } from '../../analysis/outcomes.ts';
import { request, requestOfBytes } from './request.ts';

/** Bytes of the largest picture that can be sent. */
export const LARGEST_PICTURE = 16e6;

/** Who looks at pictures: a name that each view makes up for itself. */
const view = z.string().min(1).max(100);

/** A file that the user has, or an image that networks were tested on, by its place. */
const pictureSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('file'),
    name: z.string().min(1).max(1000),
    base64: z.string().max(4 * Math.ceil(LARGEST_PICTURE / 3)),
  }),
  z.strictObject({ kind: z.literal('test'), data: imagesOfHashSchema, image: z.int().min(0) }),
]);
export type AskedPicture = z.output<typeof pictureSchema>;

/** How the logit of the most likely class is explained: by Grad-CAM of a layer, or of the last one with places. */
export const explanationSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('grad-cam'), layer: z.string().nullable() }),
  z.strictObject({ method: z.literal('integrated-gradients') }),
]);
export type Explanation = z.output<typeof explanationSchema>;

export interface PredictedClass {
  /** Counted from 0, in the order of the network's classes. */
  readonly index: number;
  readonly name: string;
  /** Softmax of the logits. */
  readonly probability: number;
}

/** What a network makes of a picture. */
export interface ExplainedPicture {
  /** All classes, the most likely first. */
  readonly predictions: readonly PredictedClass[];
  /** The picture as the network sees it before its bytes are normalised, as PNG. */
  readonly seen: Uint8Array<ArrayBuffer>;
  /** How it came to that from the file, in words; empty for a test image, which is taken as it is. */
  readonly preprocessing: string;
  /** The explanation as PNG of the same size; null where the network has no such layer. */
  readonly map: Uint8Array<ArrayBuffer> | null;
  /** Whether nothing speaks for the class, so that the map is dark everywhere. */
  readonly isEmpty: boolean;
  /** The layer that the map is of; null for one of the whole network. */
  readonly layer: string | null;
  /** Layers that have places, from the input to the output. */
  readonly layers: readonly string[];
}

export const pictureRequests = {
  /** What a complete run or an imported network makes of one picture. Nothing of it is kept. */
  'pictures.explain': requestOfBytes<ExplainedPicture>()(
    z.strictObject({ network: z.string(), picture: pictureSchema, explanation: explanationSchema, view }),
  ),
  /** Ends what a view waits for, which is then refused. */
  'pictures.cancel': request<null>()(z.strictObject({ view })),
} as const;
