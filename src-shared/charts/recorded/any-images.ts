import type { NetworkContext } from '../../networks/family.ts';

/** What layers a network has, and in which modules, does not depend on the images; so large ones fit any. */
export const ANY_IMAGES: NetworkContext = { input: [224, 224, 3], classes: 2 };
