import { computed, type ComputedRef } from 'vue';
import { messageOf } from '../../connection/request.ts';

/** The data of a chart, or the sentence that says why there is none. */
export type Drawing<Data> =
  { readonly data: Data; readonly reason: '' } | { readonly data: null; readonly reason: string };

/** Data that cannot always be had: what was thrown becomes the reason. */
export function useDrawing<Data>(make: () => Data): ComputedRef<Drawing<Data>> {
  return computed(() => {
    try {
      return { data: make(), reason: '' };
    } catch (error) {
      return { data: null, reason: messageOf(error) };
    }
  });
}
