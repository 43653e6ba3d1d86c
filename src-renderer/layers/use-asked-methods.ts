import { computed, type WritableComputedRef } from 'vue';
import { useList, useTexts } from '../components/use-query.ts';
import { useMethods } from '../stores/methods.ts';
import { type AskedMethods, quickMethods } from './asked-methods.ts';

/** What is asked of methods, kept in the address: `?methods=probe,dimension&settings={"images":"500"}`; the quick ones are not in it. */
export function useAskedMethods(): WritableComputedRef<AskedMethods> {
  const described = useMethods();
  const names = useList('methods', () => quickMethods(described.methods));
  const settings = useTexts('settings');
  return computed({
    get: () => ({ names: names.value, settings: settings.value }),
    set: (asked) => ([names.value, settings.value] = [asked.names, asked.settings]),
  });
}
