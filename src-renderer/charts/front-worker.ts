import { type CellValues, frontUncertainty } from '../../src-shared/statistics/front-uncertainty.ts';

/** Works out shares beside the page, which goes on meanwhile: of thousands of cells they take seconds. */
self.onmessage = ({ data }: MessageEvent<readonly CellValues[]>) => {
  self.postMessage(frontUncertainty(data).shares);
};
