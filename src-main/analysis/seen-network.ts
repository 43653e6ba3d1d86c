import { parseNetwork, resolveNetwork } from '../../src-shared/networks/parse-network.ts';
import type { NetworkRecord } from '../../src-shared/networks/network-record.ts';
import { describeDataset } from '../datasets/describe-dataset.ts';
import { freeBytes } from '../files/disk-full.ts';
import type { Store } from '../store/store.ts';
import { type AnalysisRequest, recallAnalyses } from './analyze-runs.ts';
import { type DiskNeed, diskNeed, type SeenNetwork } from './disk-need.ts';
import { surveyPictures } from './images/picture-folder.ts';
import type { MissingPictures, SubjectData } from './specify-subject.ts';

/**
 * A run or network as it is looked at, before any checkpoint or image is read.
 * @param missing pictures that are known to be missing, which are not looked for again
 * @throws Problem as `specifySubject` does
 */
export function seenNetwork(
  store: Store,
  id: string,
  { dataRoot, data }: SubjectData,
  missing: readonly MissingPictures[] = [],
): SeenNetwork {
  const network = store.findNetwork(id);
  if (network === null) {
    const { shape, classes, testCount } = describeDataset(store.study(store.run(id).study).dataset, dataRoot);
    const description = store.runTable([id]).cells[0]?.network ?? {};
    const graph = resolveNetwork(parseNetwork(description), { input: shape, classes: classes.length });
    return { graph, images: testCount };
  }
  const [classes, images] = countImages(network, { dataRoot, data }, missing);
  // of the classes of the images alone
  const description = parseNetwork({ ...network.description, classes });
  return { graph: resolveNetwork(description, { input: network.input, classes }), images };
}

function countImages(
  network: NetworkRecord,
  { dataRoot, data }: SubjectData,
  missing: readonly MissingPictures[],
): [classes: number, images: number] {
  if (data === null || typeof data === 'string') {
    const { classes, testCount } = describeDataset(data ?? '', dataRoot);
    return [classes.length, testCount];
  }
  const { named, pictures } =
    missing.find((each) => each.network === network.id) ?? surveyPictures(network, data);
  return [named.length, pictures.length];
}

interface NeedOptions {
  readonly dataRoot: string;
  /** Of the home. */
  readonly folder: string;
  /** What `picturesToPrepare` finds for the request. */
  readonly missing: readonly MissingPictures[];
}

/**
 * What the part of a request takes that the store does not know yet.
 * @throws Problem as `specifySubject` does
 */
export function needOfRequest(
  store: Store,
  { again, ...request }: AnalysisRequest,
  { dataRoot, folder, missing }: NeedOptions,
): DiskNeed {
  const { runs, asked, data } = request;
  const where = { dataRoot, data };
  const planned =
    missing.length > 0 || again
      ? runs.flatMap((run) => asked.map((_, step) => ({ run, step })))
      : recallAnalyses(request, store, dataRoot, () => undefined).filter(({ known }) => known === null);
  const takesDisk = planned.filter(({ step }) => asked[step]?.method.ofWeights !== true);
  const wanted = [...Map.groupBy(takesDisk, ({ run }) => run)].map(
    ([run, steps]) =>
      [
        seenNetwork(store, run, where, missing),
        steps.flatMap(({ step }) => asked.slice(step, step + 1)),
      ] as const,
  );
  return diskNeed(wanted, missing, freeBytes(folder));
}
