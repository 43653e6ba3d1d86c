import { type CellValues, frontUncertainty } from '../../src-shared/statistics/front-uncertainty.ts';
import type { HypervolumeReference } from '../../src-shared/statistics/hypervolume.ts';

export interface FrontQuestion {
  readonly cells: readonly CellValues[];
  readonly reference: HypervolumeReference | null;
}

/** Works out fronts of resamples beside the page, which goes on meanwhile: of thousands of cells they take seconds. */
self.onmessage = ({ data: { cells, reference } }: MessageEvent<FrontQuestion>) => {
  self.postMessage(frontUncertainty(cells, { reference }));
};
