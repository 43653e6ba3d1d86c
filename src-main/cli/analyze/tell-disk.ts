import { decimalSize } from '../../../src-shared/numbers.ts';
import type { AnalysisRequest } from '../../analysis/analyze-runs.ts';
import { diskText, LITTLE } from '../../analysis/disk-need.ts';
import { needOfRequest } from '../../analysis/seen-network.ts';
import type { MissingPictures } from '../../analysis/specify-subject.ts';
import { freeBytes, requireRoom } from '../../files/disk-full.ts';
import { dataFolder, kindlingHome } from '../../home.ts';
import type { Store } from '../../store/store.ts';

/**
 * Says on the error output what an analysis puts on the disk of the home, where that is worth saying.
 * @param missing what `picturesToPrepare` finds for it
 * @throws Problem
 */
export function tellDisk(store: Store, request: AnalysisRequest, missing: readonly MissingPictures[]): void {
  const folder = kindlingHome();
  const text = diskText(folder, needOfRequest(store, request, { dataRoot: dataFolder(), folder, missing }));
  if (text !== null) console.error(`kindling: ${text}`);
}

/** The same of what stays in the folder of a recipe's output, of which there need be none yet. @throws Problem `disk-full` */
export function tellOutput(output: string, bytes: number): void {
  requireRoom(output, bytes);
  if (bytes > LITTLE)
    console.error(
      `kindling: in ${output}: ${decimalSize(bytes)} of features that stay; ${decimalSize(freeBytes(output))} of the disk are free.`,
    );
}
