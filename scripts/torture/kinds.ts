/** What is done to an application, in the order of the table. */
export const KINDS = {
  trainer: 'kill -9 of a trainer',
  'data thread': 'end of the data thread of a trainer, without a word or by SIGSEGV',
  application: 'kill -9 of the application (`study run`, `serve`)',
  launcher: 'kill -9 of its launcher',
  analysis: 'kill -9 of an analysis or of its command',
  backup: 'kill -9 of a backup',
  import: 'kill -9 of an import of runs',
  'full disk': 'a full disk while studies are trained',
  'read-only home': 'a start in a home that is read-only',
  clock: 'kill -9 of the application after its clock went back',
  'two programs': 'two programs on one store, one of them killed',
  suspension: 'suspension of all processes (SIGSTOP, SIGCONT)',
} as const;

export type Kind = keyof typeof KINDS;
export const kinds = Object.keys(KINDS) as Kind[];

export interface Counts {
  readonly kind: Kind;
  readonly done: number;
  readonly underLoad: number;
  readonly found: number;
}

/** How often something of a kind was done, and after how many of these something was wrong. */
export class Tally {
  readonly #done = new Map<Kind, number>();
  readonly #underLoad = new Map<Kind, number>();
  readonly #found = new Map<Kind, number>();
  #last: Kind | null = null;

  /** @param counts of former runs of the command, which count as well */
  constructor(counts: readonly Counts[] = []) {
    for (const { kind, done, underLoad, found } of counts) {
      this.#done.set(kind, done);
      this.#underLoad.set(kind, underLoad);
      this.#found.set(kind, found);
    }
  }

  add(kind: Kind, isLoaded: boolean): void {
    this.#last = kind;
    raise(this.#done, kind);
    if (isLoaded) raise(this.#underLoad, kind);
  }

  /** Something is wrong after what was done last. */
  findAfterLast(): void {
    if (this.#last !== null) raise(this.#found, this.#last);
  }

  get total(): number {
    return sum(this.#done);
  }

  get found(): number {
    return sum(this.#found);
  }

  rows(): Counts[] {
    return kinds.map((kind) => ({
      kind,
      done: this.#done.get(kind) ?? 0,
      underLoad: this.#underLoad.get(kind) ?? 0,
      found: this.#found.get(kind) ?? 0,
    }));
  }
}

function raise(counts: Map<Kind, number>, kind: Kind): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
}

function sum(counts: ReadonlyMap<Kind, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}
