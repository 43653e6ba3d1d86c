import { z } from 'zod';
import { field } from '../fields/field.ts';

const MOST_FUSED = 64;

/** So many runs in one step; `auto`: several where that is measured to be faster. */
const fuseSchema = z.union([z.int().min(1).max(MOST_FUSED), z.literal('auto')]);
export type Fuse = z.infer<typeof fuseSchema>;

/** What a person may say of the trainers of this machine. */
export const localSettingsSchema = z.strictObject({
  /** Null for all that are free. */
  devices: field(
    z
      .array(z.string().regex(/^(\d+|[A-Z]+-[\w/-]+)$/, 'it must be the number or the UUID of a card'))
      .min(1)
      .nullable()
      .default(null),
    {
      title: 'cards',
      about:
        'numbers or UUIDs of the GPUs that trainers are given, as nvidia-smi has them; default: all whose memory others leave free',
      accepts: 'numbers or UUIDs of cards',
    },
  ),
  /** Null for one. */
  fuse: field(fuseSchema.nullable().default(null), {
    title: 'runs in one step',
    about: `runs that a trainer fuses: it trains those of a cell, or of cells that differ only in learning rate, schedule, weight decay, label smoothing, epochs or augmentation, in one step, up to ${MOST_FUSED} of them; auto: several where that is measured to be faster with this network; default: each by itself`,
    accepts: `a whole number up to ${MOST_FUSED}, or auto`,
  }),
});

export type LocalSettings = z.infer<typeof localSettingsSchema>;

/** Where nothing is said. */
export const USUAL_LOCAL_SETTINGS: LocalSettings = localSettingsSchema.parse({});
