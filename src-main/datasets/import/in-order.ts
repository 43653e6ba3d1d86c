/**
 * Does asynchronous work on items, several at once, and gives the results in the order of the items. The next item is asked
 * for only when there is room. After an error, or when it is left, nothing goes on in the background.
 * @param weigh how much of `most` an item takes until its result is taken; a heavier one goes alone
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  work: (item: Item) => Promise<Result>,
  { most, weigh = () => 1 }: { readonly most: number; readonly weigh?: (item: Item) => number },
): AsyncGenerator<Result> {
  const going: { readonly result: Promise<Result>; readonly weight: number }[] = [];
  let load = 0;
  async function* takeWhile(isFull: () => boolean): AsyncGenerator<Result> {
    for (let first = going[0]; first !== undefined && isFull(); first = going[0]) {
      const result = await first.result;
      going.shift();
      load -= first.weight;
      yield result;
    }
  }
  try {
    for await (const item of items) {
      const weight = weigh(item);
      yield* takeWhile(() => load + weight > most);
      const result = work(item);
      // told to whoever takes it, in its turn
      result.catch(() => undefined);
      going.push({ result, weight });
      load += weight;
      yield* takeWhile(() => load >= most);
    }
    yield* takeWhile(() => true);
  } finally {
    await Promise.allSettled(going.map(({ result }) => result));
  }
}
