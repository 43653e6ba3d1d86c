import { z } from 'zod';
import { field } from '../fields/field.ts';

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
});

export type LocalSettings = z.infer<typeof localSettingsSchema>;
