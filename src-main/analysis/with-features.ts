import type { Features } from './subject.ts';

/** Uses features, and closes them whatever happens. */
export async function withFeatures<Found>(
  asked: Promise<readonly Features[]>,
  use: (features: readonly Features[]) => Promise<Found> | Found,
): Promise<Found> {
  const features = await asked;
  try {
    return await use(features);
  } finally {
    for (const each of features) each.close();
  }
}
