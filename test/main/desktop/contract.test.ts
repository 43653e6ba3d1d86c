import assert from 'node:assert/strict';
import { CHANNELS } from '../../../src-main/desktop/channels.ts';
import { createPageLink } from '../../../src-main/desktop/page-link.ts';
import { contractSuite } from '../api/contract-suite.ts';
import { runPreload } from './run-preload.ts';

// The preload script and the link to the page are the real ones. Between them Electron would copy what it carries from
// process to process; that copy is made here.
contractSuite('over the window’s channels', (application) => {
  const listeners = new Map<string, (event: object, content: unknown) => void>();
  const link = createPageLink({
    isDestroyed: () => false,
    send: (channel: string, content: unknown) => listeners.get(channel)?.({}, structuredClone(content)),
  });
  application.subscribe((event) => link.tell(event));
  const bridge = runPreload({
    async invoke(channel, ...parameters) {
      assert.equal(channel, CHANNELS.request);
      const [name, asked] = structuredClone(parameters);
      return structuredClone(await application.answer(String(name), asked));
    },
    send(channel) {
      assert.equal(channel, CHANNELS.connect);
      link.connect(application.hello());
    },
    on: (channel, listener) => listeners.set(channel, listener),
    removeListener: (channel) => listeners.delete(channel),
  });
  return {
    answer: (name, parameters) => bridge.request(name, parameters),
    subscribe: (listener) =>
      void bridge.connect((message) => {
        if (message.type === 'event') listener({ sequence: message.sequence, event: message.event });
      }),
  };
});
