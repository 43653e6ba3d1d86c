import { networkMetadataSchema } from '../../checkpoints/network-checkpoint.ts';
import type { DescribedNetwork } from './reader.ts';

/** What Kindling wrote into the metadata of a checkpoint or an export; null for a file that is not its own. */
export function describedByMetadata(metadata: Readonly<Record<string, string>>): DescribedNetwork | null {
  const own = networkMetadataSchema.safeParse(metadata);
  if (!own.success) return null;
  const [height, width] = own.data.input;
  // its networks are trained on whole pictures
  return { ...own.data, shortSide: Math.min(height, width) };
}
