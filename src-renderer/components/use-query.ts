import { listOf, listText } from './list-text.ts';
import { useThrottleFn } from '@vueuse/core';
import { computed, shallowRef, type ComputedRef, type WritableComputedRef } from 'vue';
import { type LocationQueryRaw, type Router, useRoute, useRouter } from 'vue-router';

export interface QueryHere<Name extends string> {
  /** Empty where the address does not have it. */
  readonly parts: ComputedRef<Readonly<Record<Name, string>>>;
  /** Of several at once; what is empty leaves the address. The others stay. */
  readonly set: (changed: Partial<Record<Name, string>>) => void;
}

/** Browsers take some addresses a second: of more than so many in the last seconds (a slider is drawn) some are left out. */
const MOST = 100;
const WITHIN = 10_000;
const SELDOM = 150;

/** What the address will have in a moment: what several parts of a page choose at once is chosen together. */
const coming = shallowRef<{ readonly path: string; readonly query: LocationQueryRaw } | null>(null);

async function write(router: Router): Promise<void> {
  const now = coming.value;
  if (now === null) return;
  // a page that was left meanwhile keeps its last address
  if (router.currentRoute.value.path === now.path) await router.replace({ query: now.query });
  if (coming.value === now) coming.value = null;
}
const writeSeldom = useThrottleFn(write, SELDOM, true, true);

let written: readonly number[] = [];
/** At once, so that nothing is lost by who leaves the page now. */
function writeSoon(router: Router): void {
  const now = performance.now();
  written = [...written.filter((time) => now - time < WITHIN), now].slice(-MOST);
  void (written.length < MOST ? write(router) : writeSeldom(router));
}

/** What a page shows, kept in parts of its address, so that reloading it, going back to it and its link show the same. */
export function useQuery<Name extends string>(names: readonly Name[]): QueryHere<Name> {
  const route = useRoute();
  const router = useRouter();
  const queryNow = (): LocationQueryRaw =>
    coming.value?.path === route.path ? coming.value.query : route.query;
  // the same as before where other parts have changed alone, so that nothing is worked out again
  const parts = computed<Readonly<Record<Name, string>>>((before) => {
    const query = queryNow();
    const textOf = (name: Name): string => {
      const value = query[name];
      return typeof value === 'string' ? value : '';
    };
    if (before && names.every((name) => before[name] === textOf(name))) return before;
    return Object.fromEntries<string>(names.map((name) => [name, textOf(name)])) as Record<Name, string>;
  });

  function set(changed: Partial<Record<Name, string>>): void {
    const query = queryNow();
    // an address that is written once more would end a way to another page that has just begun
    if (Object.entries(changed).every(([name, value]) => (query[name] ?? '') === value)) return;
    const entries = Object.entries({ ...query, ...changed }).filter(([, value]) => value !== '');
    coming.value = { path: route.path, query: Object.fromEntries(entries) };
    writeSoon(router);
  }
  return { parts, set };
}

/**
 * One choice of a page in its address. The usual one is not in the address.
 *
 * @param read of what stands in the address; null where it cannot be read, which is then the usual one
 */
export function useChoice<Value>(
  name: string,
  usual: () => Value,
  read: (text: string) => Value | null,
  write: (value: Value) => string,
): WritableComputedRef<Value> {
  const { parts, set } = useQuery([name]);
  const chosen = computed(() => {
    const text = parts.value[name] ?? '';
    return text === '' ? usual() : (read(text) ?? usual());
  });
  return computed({
    get: () => chosen.value,
    set(value) {
      const text = write(value);
      set({ [name]: text === write(usual()) ? '' : text });
    },
  });
}

/** What stands in an address for a choice of nothing where something is usual. */
const NOTHING = 'none';

function toGetter<Value extends string | readonly string[]>(usual: Value | (() => Value)): () => Value {
  return typeof usual === 'function' ? usual : () => usual;
}

/** @param usual where the address has none; of a function it may change, and what was chosen stays */
export function useText(name: string, usual: string | (() => string) = ''): WritableComputedRef<string> {
  return useChoice(
    name,
    toGetter(usual),
    (text) => (text === NOTHING ? '' : text),
    (value) => (value === '' ? NOTHING : value),
  );
}

export function useSwitch(name: string, usual: boolean): WritableComputedRef<boolean> {
  return useChoice(
    name,
    () => usual,
    (text) => (text === 'yes' ? true : text === 'no' ? false : null),
    (value) => (value ? 'yes' : 'no'),
  );
}

export function useNumber(name: string, usual: number): WritableComputedRef<number> {
  return useChoice(
    name,
    () => usual,
    (text) => (Number.isFinite(Number(text)) ? Number(text) : null),
    String,
  );
}

export function useList(
  name: string,
  usual: readonly string[] | (() => readonly string[]) = [],
): WritableComputedRef<readonly string[]> {
  return useChoice<readonly string[]>(
    name,
    toGetter(usual),
    (text) => (text === NOTHING ? [] : listOf(text)),
    (value) => (value.length === 0 ? NOTHING : listText(value)),
  );
}

/** Texts by their keys; what is empty is not in the address, and what an address says otherwise is nothing. */
export function useTexts(name: string): WritableComputedRef<Readonly<Record<string, string>>> {
  return useChoice(
    name,
    () => ({}),
    (text) => textsOf(text),
    (texts) => {
      const given = Object.entries(texts).filter(([, text]) => text !== '');
      return given.length === 0 ? '' : JSON.stringify(Object.fromEntries(given));
    },
  );
}

function textsOf(text: string): Readonly<Record<string, string>> | null {
  try {
    const read: unknown = JSON.parse(text);
    const entries = Object.entries(read ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return Object.fromEntries(entries);
  } catch {
    return null;
  }
}
