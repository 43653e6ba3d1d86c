import { answerWork } from '../../work/answer-work.ts';
import { forgetPictures } from './forget-pictures.ts';
import { preparePictures } from './prepare-pictures.ts';
import { PREPARING } from './prepare-elsewhere.ts';

/** Sets of pictures that are kept, those that were decoded last. */
const KEPT = 4;

answerWork(PREPARING, () => ({
  about: null,
  work: async ({ root, folder }, { onProgress, pause }) => {
    await preparePictures(root, folder, { progress: onProgress, pause });
    forgetPictures(root, KEPT);
    return null;
  },
}));
