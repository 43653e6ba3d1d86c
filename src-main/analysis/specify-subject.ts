import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LAST } from '../../src-shared/analysis/checkpoints.ts';
import type { Pictures } from '../../src-shared/analysis/pictures.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { NetworkRecord } from '../../src-shared/networks/network-record.ts';
import { preprocessingText } from '../../src-shared/networks/preprocessing-text.ts';
import { describeDataset } from '../datasets/describe-dataset.ts';
import { openDataset } from '../datasets/open-dataset.ts';
import { ensureDataset } from '../datasets/ensure-dataset.ts';
import { picturesFolder } from '../home.ts';
import { plainName } from '../files/plain-name.ts';
import { requireTrained } from '../../src-shared/studies/imported-study.ts';
import { requireRunFiles } from '../store/require-run-files.ts';
import type { Store } from '../store/store.ts';
import { type PictureFolder, surveyPictures } from './images/picture-folder.ts';
import { outputsOfClasses } from './outputs-of-classes.ts';
import type { AnalysisMethod } from './method.ts';
import type {
  SeenSpecification,
  SubjectSpecification,
  WeightsSpecification,
} from './subject-specification.ts';

/** Where the data sets are, and on which one imported networks are looked at. */
export interface SubjectData {
  /** Folder of the prepared data sets. */
  readonly dataRoot: string;
  /** Its name, or a folder of pictures in its place; null where none is named: runs have their own. */
  readonly data: string | Pictures | null;
  /** The kind of checkpoint of runs that is looked at; the last where none is named. */
  readonly checkpoint?: string;
}

/**
 * What the analysing process is told of a run or an imported network.
 * @param id of a run, or id or name of a network
 * @throws Problem `not-found` for what is neither, `usage` for a run that is not complete or is asked for on another data
 *   set, and for a network without one or with one that it cannot take; `data-missing`
 */
export function specifySubject(store: Store, id: string, where: SubjectData): SeenSpecification {
  const network = store.findNetwork(id);
  return network === null ? specifyRun(store, id, where) : specifyNetwork(store, network, where);
}

/**
 * What the analysing process is told of it for each of these methods: those of weights see an imported network without
 * images, whichever there are, so that what they find does not depend on them.
 * @throws Problem as `specifySubject` does, where one of the methods needs images
 */
export function specifySubjects(
  store: Store,
  id: string,
  where: SubjectData,
  methods: readonly AnalysisMethod[],
): (method: AnalysisMethod) => SubjectSpecification {
  const network = store.findNetwork(id);
  if (network === null) {
    const run = specifyRun(store, id, where);
    return () => run;
  }
  requireImported(network, where);
  const weights = specifyWeights(store, network);
  const seen = methods.every(isOfWeights) ? weights : specifyNetwork(store, network, where);
  return (method) => (isOfWeights(method) ? weights : seen);
}

function isOfWeights({ ofWeights }: AnalysisMethod): boolean {
  return ofWeights === true;
}

/** Methods of weights need none of the images that were named. */
export function dataFor(methods: readonly AnalysisMethod[], data: SubjectData['data']): SubjectData['data'] {
  return methods.every(isOfWeights) ? null : data;
}

function specifyRun(
  store: Store,
  id: string,
  { dataRoot, data, checkpoint = LAST }: SubjectData,
): SeenSpecification {
  const run = store.run(id);
  if (run.importedFrom !== null)
    throw new Problem(
      'usage',
      `Run ${id} was imported (${run.importedFrom}): without its network and weights it cannot be analysed. \`network import\` reads networks that were trained elsewhere.`,
    );
  requireRunFiles(store, run);
  if (run.state !== 'complete' || run.artifacts === null)
    throw new Problem('usage', `Run ${id} is ${run.state}: only a complete run can be analysed.`);
  const { dataset, definition } = store.study(run.study);
  const { data: parts } = requireTrained(definition);
  if (data !== null && data !== dataset)
    throw new Problem(
      'usage',
      `Run ${id} is analysed on the data set of its training, ${dataset}: only imported networks take another.`,
    );
  const [cell] = store.runTable([id]).cells;
  if (!cell?.recipe) throw new Error(`the run ${id} has no cell`);
  return {
    kind: 'run',
    run: id,
    seed: run.seed,
    recipe: cell.recipe,
    artifacts: run.artifacts,
    checkpoints: store.artifacts(id).map(({ kind, file, sha256 }) => ({ kind, file, sha256 })),
    checkpoint,
    dataset: join(dataRoot, plainName(dataset)),
    validationShare: parts.validationShare,
    trainingLimit: parts.trainingLimit,
  };
}

/** @throws Problem `usage` where another checkpoint is asked for than there is */
function requireImported({ name }: NetworkRecord, { checkpoint = LAST }: SubjectData): void {
  if (checkpoint === LAST) return;
  throw new Problem(
    'usage',
    `The network ${name} has the weights that it was imported with and no checkpoint ${checkpoint}: only runs have checkpoints over training.`,
  );
}

function specifyWeights(store: Store, { id, name, file, sha256 }: NetworkRecord): WeightsSpecification {
  return {
    kind: 'weights',
    run: id,
    name,
    artifacts: store.runFolder(id),
    checkpoints: [{ kind: 'imported', file, sha256 }],
    checkpoint: 'imported',
  };
}

function specifyNetwork(store: Store, network: NetworkRecord, where: SubjectData): SeenSpecification {
  return {
    ...specifyWeights(store, network),
    kind: 'network',
    preprocessing: network.setAt === null ? null : preprocessingText(network),
    ...seenOn(network, where),
  };
}

type SeenOn = Pick<
  Extract<SeenSpecification, { kind: 'network' }>,
  'data' | 'dataset' | 'dataHash' | 'outputs'
>;

function seenOn(network: NetworkRecord, { dataRoot, data }: SubjectData): SeenOn {
  const { name, input } = network;
  const elsewhere = `The network ${name} was trained elsewhere: name a folder of pictures, or a data set of ${input.join('x')} images, to look at it on`;
  if (data === null) throw new Problem('usage', `${elsewhere} (--images).`, { fact: `${elsewhere}.` });
  if (typeof data !== 'string') return onPictures(network, data, picturesRoot(dataRoot));
  const described = describeDataset(data, dataRoot);
  const unlike = `The network ${name} takes ${input.join('x')} images, those of ${data} are ${described.shape.join('x')}`;
  if (described.shape.join('x') !== input.join('x'))
    throw new Problem(
      'usage',
      `${unlike}: add them again with \`dataset add NAME --from FOLDER --size ${input[0]}\`.`,
      {
        fact: `${unlike}: add them again with the size ${input[0]}.`,
        offer: { action: 'add-dataset', subject: '' },
      },
    );
  return {
    data,
    dataset: join(dataRoot, plainName(data)),
    dataHash: ensureDataset(data, dataRoot).description.hash,
    outputs: outputsOfClasses(network, described.classes, data),
  };
}

function onPictures(network: NetworkRecord, pictures: Pictures, root: string): SeenOn {
  const survey = surveyPictures(network, pictures);
  const dataset = join(root, survey.fingerprint);
  const { hash } = openDataset(dataset).description;
  return { data: pictures.folder, dataset, dataHash: hash, outputs: survey.outputs };
}

/** Pictures that are not decoded for a network. */
export interface MissingPictures extends PictureFolder {
  /** Its id. */
  readonly network: string;
}

/**
 * The pictures that have to be decoded before `specifySubject` can name them.
 * @throws Problem as `surveyPictures` does
 */
export function picturesToPrepare(
  store: Store,
  ids: readonly string[],
  { dataRoot, data }: SubjectData,
): MissingPictures[] {
  if (data === null || typeof data === 'string') return [];
  return ids
    .flatMap((id) => store.findNetwork(id) ?? [])
    .map((network) => ({ network: network.id, ...surveyPictures(network, data) }))
    .filter(({ fingerprint }) => !existsSync(join(picturesRoot(dataRoot), fingerprint)));
}

/** Both are folders of the home. */
export function picturesRoot(dataRoot: string): string {
  return picturesFolder(dirname(dataRoot));
}
