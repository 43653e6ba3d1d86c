import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

export interface QueryHere<Name extends string> {
  /** Empty where the address does not have it. */
  readonly parts: ComputedRef<Readonly<Record<Name, string>>>;
  /** Of several at once; what is empty leaves the address. The others stay. */
  readonly set: (changed: Partial<Record<Name, string>>) => void;
}

/** What a page shows, kept in parts of its address, so that reloading it, going back to it and its link show the same. */
export function useQuery<Name extends string>(names: readonly Name[]): QueryHere<Name> {
  const route = useRoute();
  const router = useRouter();
  const addressed = computed(() => {
    const parts = names.map((name) => {
      const value = route.query[name];
      return [name, typeof value === 'string' ? value : ''] as const;
    });
    return Object.fromEntries<string>(parts) as Record<Name, string>;
  });
  // the address follows a moment later
  const chosen: ShallowRef<Readonly<Record<Name, string>>> = shallowRef(addressed.value);
  watch(addressed, (now) => void (chosen.value = now));

  function set(changed: Partial<Record<Name, string>>): void {
    chosen.value = { ...chosen.value, ...changed };
    const others = Object.entries(route.query).filter(
      ([name]) => !(names as readonly string[]).includes(name),
    );
    const own = names.map((name) => [name, chosen.value[name]] as const).filter(([, value]) => value !== '');
    void router.replace({ query: Object.fromEntries([...others, ...own]) });
  }
  return { parts: computed(() => chosen.value), set };
}
