import { z } from 'zod';

/** What a person may say of the trainers of this machine. */
export const localSettingsSchema = z.strictObject({
  /** Numbers or UUIDs of the cards that trainers are given; null for all that are free. */
  devices: z
    .array(z.string().regex(/^(\d+|[A-Z]+-[\w/-]+)$/, 'it must be the number or the UUID of a card'))
    .min(1)
    .nullable()
    .default(null),
});

export type LocalSettings = z.infer<typeof localSettingsSchema>;
