import { inject } from 'vue';
import { COMPARED, type Compared } from './compared.ts';

/** What the page Compare compares. @throws Error outside of that page */
export function useComparedHere(): Compared {
  const compared = inject(COMPARED);
  if (!compared) throw new Error('this belongs into the page Compare');
  return compared;
}
