interface Asked<Given, Answer> {
  readonly given: Given;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** A call that is made once for all who have asked for it, each by a place of their own. */
export class JointCall<Given, Answer> {
  readonly #call: (given: ReadonlyMap<number, Given>) => Promise<(place: number) => Answer>;
  #asked = new Map<number, Asked<Given, Answer>>();

  /** @param call answers by places; what it throws, all who have asked are told */
  constructor(call: (given: ReadonlyMap<number, Given>) => Promise<(place: number) => Answer>) {
    this.#call = call;
  }

  get isAsked(): boolean {
    return this.#asked.size > 0;
  }

  /** Waits until the call is made. */
  ask(place: number, given: Given): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#asked.set(place, { given, resolve, reject });
    return promise;
  }

  /** @param onEnd told of each place, before it is answered */
  async make(onEnd: (place: number) => void): Promise<void> {
    const asked = [...this.#asked];
    this.#asked = new Map();
    const tell = (answer: (place: number, one: Asked<Given, Answer>) => void): void => {
      for (const [place] of asked) onEnd(place);
      for (const [place, one] of asked) answer(place, one);
    };
    try {
      const answers = await this.#call(new Map(asked.map(([place, { given }]) => [place, given])));
      tell((place, { resolve }) => resolve(answers(place)));
    } catch (error) {
      tell((_, { reject }) => reject(error));
    }
  }
}
