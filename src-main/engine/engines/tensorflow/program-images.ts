import type { Feed } from './feed.ts';
import type { GraphWriter } from './graph-def.ts';
import { type ImagesOnDevice, wordsIn, wordsOf } from './images-on-device.ts';

/** Where a graph is written: the node that stands for the images. @param size bytes of an image */
export function writeImages(graph: GraphWriter, float: number, size: number): string {
  const shape = [-1, wordsIn(size)];
  const variable = graph.variable('images/v', shape);
  const given = graph.placeholder('images/p', float, shape);
  const assigned = graph.assign('images/a', variable, given);
  const one = { dtype: float, shape: [], values: Float32Array.of(1) };
  graph.identity('images/done', graph.constant('images/one', one), float, [assigned]);
  return graph.read('images/r', variable);
}

/** Those of a compiled program, in the variable that `writeImages` has made for them. */
export class ProgramImages {
  readonly #images: ImagesOnDevice;
  readonly #size: number;
  readonly #run: (feed: Feed, input: string, output: string) => void;
  /** The number of those that are there; null where there are none. */
  #shown: number | null = null;

  /** @param size bytes of an image */
  constructor(
    images: ImagesOnDevice,
    size: number,
    run: (feed: Feed, input: string, output: string) => void,
  ) {
    this.#images = images;
    this.#size = size;
    this.#run = run;
  }

  /** Before a call on images of this memory. @throws Error where it is not held */
  show(number: number): void {
    const bytes = this.#images.bytes(number);
    if (number === this.#shown) return;
    this.#images.moveTo(this);
    // others are gone before these need their room
    if (this.#shown !== null) this.dropImages();
    this.#write(wordsOf(bytes, this.#size));
    this.#shown = number;
  }

  dropImages(): void {
    this.#shown = null;
    this.#write(new Float32Array());
  }

  close(): void {
    this.#images.leave(this);
  }

  #write(values: Float32Array): void {
    const words = wordsIn(this.#size);
    this.#run({ shape: [values.length / words, words], values }, 'images/p', 'images/done');
  }
}
