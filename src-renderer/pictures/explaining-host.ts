import { messageOf, request } from '../connection/request.ts';
import type { ExplainingHost } from './use-explanations.ts';

/** The host as one view asks it. */
export function explainingHost(): ExplainingHost {
  const view = crypto.randomUUID();
  return {
    explain: async (picture, network, explanation) => {
      try {
        const asked = { network, picture, explanation, view };
        return { explained: await request('pictures.explain', asked), problem: '' };
      } catch (error) {
        return { explained: null, problem: messageOf(error) };
      }
    },
    // where the host cannot be reached, nothing is on its way
    cancel: () => void request('pictures.cancel', { view }).catch(() => undefined),
  };
}
