import { askForest, type ForestQuestion } from '../../src-shared/statistics/forest-question.ts';

/** Grows forests beside the page, which goes on meanwhile: of thousands of cells they take seconds. */
self.onmessage = ({ data }: MessageEvent<ForestQuestion>) => {
  self.postMessage(askForest(data));
};
