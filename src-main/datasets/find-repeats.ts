/** Digests of images, one behind the other. */
export interface Digests {
  readonly digests: Buffer;
  readonly digestBytes: number;
}

/** Images by their place: those of the training part first, then those of the test part. */
export interface DigestedImages extends Digests {
  readonly labels: Uint16Array;
  readonly trainingCount: number;
}

/** Some images that are the same as others, with one pair of them as an example. */
export interface RepeatedImages {
  readonly count: number;
  /** Places of two that are the same; null where there are none. */
  readonly example: readonly [one: number, other: number] | null;
}

export interface Repeats {
  /** Test images that are in the training part too. */
  readonly acrossParts: RepeatedImages;
  /** Different pictures that stand in more than one class. */
  readonly inSeveralClasses: RepeatedImages;
  /** Training images that are copies of another training image of their class. */
  readonly withinTraining: RepeatedImages;
}

const NONE: RepeatedImages = { count: 0, example: null };

/** Finds images with the same digest. */
export function findRepeats(images: DigestedImages): Repeats {
  const { labels, trainingCount } = images;
  let [acrossParts, inSeveralClasses, withinTraining] = [NONE, NONE, NONE];
  for (const same of sameImages(images)) {
    const training = same.filter((place) => place < trainingCount);
    const [first = 0] = same;
    const [trained] = training;
    const tested = same.slice(training.length);
    if (trained !== undefined && tested[0] !== undefined)
      acrossParts = more(acrossParts, tested.length, [trained, tested[0]]);
    const ofOtherClass = same.find((place) => labels[place] !== labels[first]);
    if (ofOtherClass !== undefined) inSeveralClasses = more(inSeveralClasses, 1, [first, ofOtherClass]);
    for (const ofClass of Map.groupBy(training, (place) => labels[place]).values()) {
      const [one, copy] = ofClass;
      if (one !== undefined && copy !== undefined)
        withinTraining = more(withinTraining, ofClass.length - 1, [one, copy]);
    }
  }
  return { acrossParts, inSeveralClasses, withinTraining };
}

function more(
  { count, example }: RepeatedImages,
  added: number,
  pair: readonly [number, number],
): RepeatedImages {
  // the example that comes first in the data, whatever the digests are
  const isFirst = example === null || pair[0] < example[0];
  return { count: count + added, example: isFirst ? pair : example };
}

/** The places of images that have others of the same digest, each group ascending. */
export function* sameImages({ digests, digestBytes }: Digests): Generator<number[]> {
  const words = digestBytes / 4;
  const values = new Uint32Array(digests.buffer, digests.byteOffset, digests.length / 4);
  const compare = (one: number, other: number): number => {
    for (let word = 0; word < words; word++) {
      const difference = (values[one * words + word] ?? 0) - (values[other * words + word] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  const count = digests.length / digestBytes;
  const order = Uint32Array.from({ length: count }, (_, place) => place);
  order.sort((one, other) => compare(one, other) || one - other);
  for (let start = 0; start < count;) {
    let end = start + 1;
    while (end < count && compare(order[start] ?? 0, order[end] ?? 0) === 0) end++;
    if (end - start > 1) yield [...order.subarray(start, end)];
    start = end;
  }
}
