import { useRoute } from 'vue-router';
import { layerAddress, type LayerAddress } from '../network/layer-address.ts';
import { ANALYSIS_CHOICE } from './use-analysis-choice.ts';

export interface LayerAddresses {
  /** Where a layer has its page, which shows the analyses that are chosen here. */
  readonly addressOf: (run: string, layer: string | null, hash?: string) => LayerAddress;
  /** The parts of the address that say which are. */
  readonly chosenHere: () => Readonly<Record<string, string>>;
}

export function useLayerAddress(): LayerAddresses {
  const route = useRoute();
  const chosenHere = (): Readonly<Record<string, string>> =>
    Object.fromEntries(
      ANALYSIS_CHOICE.flatMap((name) => {
        const value = route.query[name];
        return typeof value === 'string' ? [[name, value]] : [];
      }),
    );
  return {
    chosenHere,
    addressOf: (run, layer, hash) => {
      const address = layerAddress(run, layer, hash);
      return { ...address, query: { ...address.query, ...chosenHere() } };
    },
  };
}
