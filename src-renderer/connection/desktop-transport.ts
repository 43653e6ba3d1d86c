import type { PageBridge } from '../../src-shared/contract/page-bridge.ts';
import type { Answer } from '../../src-shared/contract/api/index.ts';
import type { Transport } from './transport.ts';

/** What the window's preload script offers; missing in a browser. */
export const bridge: PageBridge | undefined = (window as { kindling?: PageBridge }).kindling;

/** The channel of Electron's window. */
export function desktopTransport(to: PageBridge): Transport {
  return {
    host: 'desktop',
    send: async (name, parameters) => (await to.request(name, parameters)) as Answer<never>,
    connect(onMessage, onState) {
      onState('connecting');
      to.connect((message) => {
        onState('open');
        onMessage(message);
      });
    },
  };
}
