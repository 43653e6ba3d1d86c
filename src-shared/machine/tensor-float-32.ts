import { z } from 'zod';

/** Whether an NVIDIA GPU may round products to TensorFloat-32, or as its library has it. */
export const tensorFloat32Schema = z.enum(['library', 'on', 'off']);
export type TensorFloat32 = z.infer<typeof tensorFloat32Schema>;

export const TENSOR_FLOAT_32_WORDS: Readonly<Record<TensorFloat32, { title: string; about: string }>> = {
  library: {
    title: 'as TensorFlow does',
    about: 'TensorFlow rounds them where the card can (Ampere and later)',
  },
  on: { title: 'TensorFloat-32', about: 'products are rounded to 10 bits of mantissa, where the card can' },
  off: { title: 'float32', about: 'products keep 23 bits of mantissa, and steps take longer' },
};

/** What is chosen, and what of it takes effect. */
export interface ChosenTensorFloat32 {
  readonly chosen: TensorFloat32;
  /** Why it has no effect, in a sentence; null where it has. */
  readonly without: string | null;
}
