import type { ToldMark } from '../ssh/relay-protocol.ts';
import { type CourseOfRun, ToldSoFar } from '../ssh/told-so-far.ts';

/**
 * Tells of a run what follows on what another relay has told. Where that was something else (an attempt was set aside as damaged), all is told
 * again.
 */
export class TellOn {
  readonly #known: ToldMark;
  readonly #tell: (told: CourseOfRun) => void;
  readonly #soFar = new ToldSoFar();
  #held: CourseOfRun[] | null = [];

  /** @param known null where nothing has been told */
  constructor(known: ToldMark | null, tell: (told: CourseOfRun) => void) {
    this.#known = known ?? this.#soFar.mark;
    this.#tell = tell;
    this.#compare();
  }

  tell(told: CourseOfRun): void {
    if (this.#held === null) return this.#tell(told);
    this.#held.push(told);
    this.#soFar.add(told);
    this.#compare();
  }

  /** There is no more of what was told by another. */
  tellHeld(): void {
    for (const told of this.#held ?? []) this.#tell(told);
    this.#held = null;
  }

  #compare(): void {
    const { count, sha256 } = this.#soFar.mark;
    if (count < this.#known.count) return;
    if (sha256 === this.#known.sha256) this.#held = null;
    else this.tellHeld();
  }
}
