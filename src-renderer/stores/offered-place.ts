import type { OfferAction } from '../../src-shared/mistakes/problem.ts';

/** A panel of Settings. */
export interface OfferedPlace {
  readonly label: string;
  readonly to: string;
}

/** Where one finds what a failure offers, and what else there is of it. */
export function offeredPlace(action: Exclude<OfferAction, 'download-dataset'>): OfferedPlace {
  switch (action) {
    case 'add-dataset':
      return panel('Data sets in Settings', 'settings-datasets');
    case 'install-engine':
    case 'tune-engine':
      return panel('All engines', 'settings-engines');
    case 'check-installation':
      return panel('Check the installation', 'settings-doctor');
  }
}

function panel(label: string, name: string): OfferedPlace {
  return { label, to: `/settings?show=${name}` };
}
