import { SHAPES_NAME } from './shapes/generate.ts';

/** A file of an official data set, as its authors publish it. */
export interface OfficialFile {
  readonly url: string;
  /** As tensorflow-datasets lists them; a download that brings more is cut off. */
  readonly bytes: number;
  /** MD5 or SHA-256 in hexadecimal, as published. */
  readonly checksum: { readonly algorithm: 'md5' | 'sha256'; readonly value: string };
}

/** A data set that `kindling dataset add NAME` knows how to fetch. */
export interface OfficialDataset {
  readonly name: string;
  readonly title: string;
  readonly files: readonly OfficialFile[];
  /** Names of the classes in the order of their labels. */
  readonly classes: readonly string[];
  readonly shape: readonly [height: number, width: number, channels: 1 | 3];
  readonly trainingCount: number;
  readonly testCount: number;
}

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

const IDX_FILES = [
  'train-images-idx3-ubyte.gz',
  'train-labels-idx1-ubyte.gz',
  't10k-images-idx3-ubyte.gz',
  't10k-labels-idx1-ubyte.gz',
] as const;

type OfFour<T> = readonly [T, T, T, T];

function idxFiles(base: string, sizes: OfFour<number>, checksums: OfFour<string>): OfficialFile[] {
  return IDX_FILES.map((file, index) => ({
    url: `${base}${file}`,
    bytes: sizes[index] ?? 0,
    checksum: { algorithm: 'md5', value: checksums[index] ?? '' },
  }));
}

/** All of the MNIST family have the same sizes. */
const MNIST_SIZES = { shape: [28, 28, 1], trainingCount: 60_000, testCount: 10_000 } as const;
const CIFAR_SIZES = { shape: [32, 32, 3], trainingCount: 50_000, testCount: 10_000 } as const;

/** Sources and MD5 sums as published by the authors and used by torchvision. */
export const OFFICIAL_DATASETS: readonly OfficialDataset[] = [
  {
    name: 'cifar10',
    title: 'CIFAR-10 (Krizhevsky 2009), 60,000 colour images of 32x32 in 10 classes',
    ...CIFAR_SIZES,
    files: [
      {
        url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
        bytes: 170_052_171,
        checksum: { algorithm: 'md5', value: 'c32a1d4ab5d03f1284b67883e8d87530' },
      },
    ],
    classes: 'airplane automobile bird cat deer dog frog horse ship truck'.split(' '),
  },
  {
    name: 'cifar100',
    title: 'CIFAR-100 (Krizhevsky 2009), 60,000 colour images of 32x32 in 100 fine classes',
    ...CIFAR_SIZES,
    files: [
      {
        url: 'https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz',
        bytes: 168_513_733,
        checksum: { algorithm: 'md5', value: '03b5dce01913d631647c71ecec9e9cb8' },
      },
    ],
    classes: (
      'apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly camel can ' +
      'castle caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur dolphin ' +
      'elephant flatfish forest fox girl hamster house kangaroo keyboard lamp lawn_mower leopard lion lizard ' +
      'lobster man maple_tree motorcycle mountain mouse mushroom oak_tree orange orchid otter palm_tree pear ' +
      'pickup_truck pine_tree plain plate poppy porcupine possum rabbit raccoon ray road rocket rose sea seal ' +
      'shark shrew skunk skyscraper snail snake spider squirrel streetcar sunflower sweet_pepper table tank ' +
      'telephone television tiger tractor train trout tulip turtle wardrobe whale willow_tree wolf woman worm'
    ).split(' '),
  },
  {
    name: 'mnist',
    title: 'MNIST (LeCun, Cortes, Burges 1998), 70,000 grey images of 28x28, handwritten digits',
    ...MNIST_SIZES,
    files: idxFiles(
      'https://ossci-datasets.s3.amazonaws.com/mnist/',
      [9_912_422, 28_881, 1_648_877, 4_542],
      [
        'f68b3c2dcbeaaa9fbdd348bbdeb94873',
        'd53e105ee54ea40749a09fcbcd1e9432',
        '9fb629c4189551a2d022fa330f9573f3',
        'ec29112dd5afa0611ce80d1b7f02629c',
      ],
    ),
    classes: DIGITS,
  },
  {
    name: 'fashion-mnist',
    title: 'Fashion-MNIST (Xiao, Rasul, Vollgraf 2017), 70,000 grey images of 28x28, clothes',
    ...MNIST_SIZES,
    files: idxFiles(
      'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
      [26_421_880, 29_515, 4_422_102, 5_148],
      [
        '8d4fb7e6c68d591d4c3dfef9ec88bf0d',
        '25c81989df183df01b3e8a0aad5dffbe',
        'bef4ecab320f06d8554ea6380940ec79',
        'bb300cfdad3c16e7a12a480ee83cd310',
      ],
    ),
    classes: [
      't-shirt',
      'trouser',
      'pullover',
      'dress',
      'coat',
      'sandal',
      'shirt',
      'sneaker',
      'bag',
      'ankle boot',
    ],
  },
  {
    name: 'kmnist',
    title: 'Kuzushiji-MNIST (Clanuwat et al. 2018), 70,000 grey images of 28x28, cursive Japanese',
    ...MNIST_SIZES,
    files: idxFiles(
      'http://codh.rois.ac.jp/kmnist/dataset/kmnist/',
      [18_165_135, 29_497, 3_041_136, 5_120],
      [
        'bdb82020997e1d708af4cf47b453dcf7',
        'e144d726b3acfaa3e44228e80efcd344',
        '5c965bf0a639b31b8f53240b1b52f4d7',
        '7320c461ea6c1c855c0b718fb2a4b134',
      ],
    ),
    classes: ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo'],
  },
];

/** The official data set of that name, or undefined. */
export function officialDataset(name: string): OfficialDataset | undefined {
  return OFFICIAL_DATASETS.find((dataset) => dataset.name === name);
}

/** Whether Kindling can make or fetch a data set of that name. */
export function isKnown(name: string): boolean {
  return name === SHAPES_NAME || officialDataset(name) !== undefined;
}

/** All known names, for messages. */
export function describeKnown(): string {
  return [`${SHAPES_NAME} (built in)`, ...OFFICIAL_DATASETS.map(({ name }) => name)].join(', ');
}
