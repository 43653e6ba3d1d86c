import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Answer } from '../../../src-shared/contract/api/index.ts';
import { takesBytes } from '../../../src-shared/contract/takes-bytes.ts';
import { BLOCK_TYPE, fromBlock, toBlock } from '../../../src-shared/contract/block.ts';
import type { PageMessage } from '../../../src-shared/contract/api/events.ts';
import { startServer } from '../../../src-main/serve/start-server.ts';
import { contractSuite } from '../api/contract-suite.ts';
import { ask } from './ask.ts';
import { builtPage } from './served.ts';

contractSuite('over HTTP and a WebSocket', async (application, context) => {
  const server = await startServer({ application, page: builtPage(context), port: 0 });
  context.after(() => server.close());
  const bearer = { Authorization: `Bearer ${server.token}` };
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/events`, { headers: bearer });
  await once(socket, 'message');
  return {
    answer: async (name, parameters) => {
      const { text, bytes, headers } = await ask({
        ...{ port: server.port, path: `/api/${name}`, method: 'POST' },
        headers: { ...bearer, 'Content-Type': takesBytes(name) ? BLOCK_TYPE : 'application/json' },
        body: [takesBytes(name) ? toBlock(parameters) : JSON.stringify(parameters)],
      });
      const isBlock = headers['content-type'] === BLOCK_TYPE;
      return (isBlock ? fromBlock(bytes) : JSON.parse(text)) as Answer<unknown>;
    },
    subscribe: (listener) => {
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as PageMessage;
        if (message.type === 'event') listener({ sequence: message.sequence, event: message.event });
      });
    },
  };
});
