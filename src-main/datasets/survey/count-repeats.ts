import {
  type ImagePlace,
  MOST_PAIRS,
  type RepeatCounts,
  type RepeatedPair,
} from '../../../src-shared/datasets/dataset-survey.ts';

/** Labels of all images, those of the training part first. */
export interface AllLabels {
  readonly labels: Uint16Array;
  readonly trainingCount: number;
}

/** Ways in which an image is repeated. */
const IN_OTHER_PART = 1;
const IN_OWN_PART = 2;
const IN_OTHER_CLASS = 4;

/** Counts pairs of images as they are found, and keeps those that are shown. */
export class RepeatCounter {
  readonly #all: AllLabels;
  readonly #ways: Uint8Array;
  readonly #across: RepeatedPair[] = [];
  readonly #within: RepeatedPair[] = [];
  #pairs = 0;

  constructor(all: AllLabels) {
    this.#all = all;
    this.#ways = new Uint8Array(all.labels.length);
  }

  /** Two images that are nearly the same. */
  addPair(one: number, other: number, correlation: number): void {
    const [first, second] = [this.#placeOf(one), this.#placeOf(other)];
    const way =
      (first.part === second.part ? IN_OWN_PART : IN_OTHER_PART) |
      (first.label === second.label ? 0 : IN_OTHER_CLASS);
    for (const place of [one, other]) this.#mark(place, way);
    this.#pairs += 1;
    this.#keep(first, second, correlation);
  }

  /** Images that are all the same; of a thousand copies the first is shown with each of the others. */
  addSame(group: readonly number[]): void {
    const places = group.map((place) => this.#placeOf(place));
    const training = places.filter(({ part }) => part === 'training').length;
    const inSeveral = new Set(places.map(({ label }) => label)).size > 1 ? IN_OTHER_CLASS : 0;
    for (const [index, place] of places.entries()) {
      const own = place.part === 'training' ? training : places.length - training;
      const inOther = places.length > own ? IN_OTHER_PART : 0;
      this.#mark(group[index] as number, inSeveral | inOther | (own > 1 ? IN_OWN_PART : 0));
    }
    this.#pairs += (places.length * (places.length - 1)) / 2;
    const [first, ...others] = places;
    if (first) for (const other of others) this.#keep(first, other, 1);
  }

  #mark(place: number, way: number): void {
    this.#ways[place] = (this.#ways[place] as number) | way;
  }

  #keep(one: ImagePlace, other: ImagePlace, correlation: number): void {
    keepMostSimilar(one.part === other.part ? this.#within : this.#across, { one, other, correlation });
  }

  counts(): RepeatCounts {
    const { trainingCount } = this.#all;
    const count = (way: number, from: number, to?: number): number =>
      this.#ways.subarray(from, to).reduce((total, ways) => total + Number((ways & way) !== 0), 0);
    return {
      pairs: this.#pairs,
      acrossParts: count(IN_OTHER_PART, trainingCount),
      withinTraining: count(IN_OWN_PART, 0, trainingCount),
      withinTest: count(IN_OWN_PART, trainingCount),
      inSeveralClasses: count(IN_OTHER_CLASS, 0),
    };
  }

  /** Those across the parts first, the most similar first. */
  pairs(): RepeatedPair[] {
    return [this.#across, this.#within].flatMap((pairs) => sorted(pairs).slice(0, MOST_PAIRS));
  }

  #placeOf(place: number): ImagePlace {
    const { labels, trainingCount } = this.#all;
    const label = labels[place] as number;
    return place < trainingCount
      ? { part: 'training', image: place, label }
      : { part: 'test', image: place - trainingCount, label };
  }
}

function sorted(pairs: readonly RepeatedPair[]): RepeatedPair[] {
  return pairs.toSorted(
    (a, b) => b.correlation - a.correlation || a.one.image - b.one.image || a.other.image - b.other.image,
  );
}

/** Sorting now and then takes less than keeping an order. */
function keepMostSimilar(pairs: RepeatedPair[], pair: RepeatedPair): void {
  pairs.push(pair);
  if (pairs.length >= 20 * MOST_PAIRS) pairs.splice(0, pairs.length, ...sorted(pairs).slice(0, MOST_PAIRS));
}
