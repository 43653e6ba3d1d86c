import { askForest, type ForestQuestion } from '../../src-shared/statistics/forest-question.ts';

/** Grows a forest beside the page, which goes on meanwhile: of thousands of cells it takes seconds. */
self.onmessage = ({ data }: MessageEvent<ForestQuestion>) => {
  self.postMessage(askForest(data));
};
