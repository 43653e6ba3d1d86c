import type { PageMessage } from '../../src-shared/contract/api/events.ts';
import { BLOCK_TYPE, fromBlock, toBlock } from '../../src-shared/contract/block.ts';
import type { Answer } from '../../src-shared/contract/api/index.ts';
import { canComeInLines, LINES_TYPE } from '../../src-shared/contract/lines.ts';
import { takesBytes } from '../../src-shared/contract/takes-bytes.ts';
import { readLines } from './read-lines.ts';
import type { Transport } from './transport.ts';

/** Milliseconds before the next attempt to connect: soon at first, then every five seconds. */
const WAITS = [200, 500, 1000, 2000, 5000];

/** HTTP and a WebSocket of the host that served this page; its cookie says who we are. */
export const browserTransport: Transport = {
  host: 'browser',

  async send(name, parameters) {
    const response = await fetch(`api/${name}`, {
      method: 'POST',
      headers: {
        'Content-Type': takesBytes(name) ? BLOCK_TYPE : 'application/json',
        ...(canComeInLines(name) && { Accept: LINES_TYPE }),
      },
      body: takesBytes(name) ? toBlock(parameters) : JSON.stringify(parameters),
    });
    const type = response.headers.get('Content-Type') ?? '';
    if (type === LINES_TYPE && response.body) return (await readLines(response.body)) as Answer<never>;
    if (type === BLOCK_TYPE) return fromBlock(new Uint8Array(await response.arrayBuffer())) as Answer<never>;
    if (!type.startsWith('application/json')) {
      return {
        ok: false,
        code: 'bug',
        message: `The host answered ${response.status} ${response.statusText}.`,
      };
    }
    return (await response.json()) as Answer<never>;
  },

  connect(onMessage, onState) {
    let attempt = 0;
    const open = (): void => {
      const address = new URL('events', location.href.split('#')[0]);
      address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
      const socket = new WebSocket(address);
      socket.addEventListener('open', () => {
        attempt = 0;
        onState('open');
      });
      socket.addEventListener('message', ({ data }) => {
        onMessage(JSON.parse(String(data)) as PageMessage);
      });
      socket.addEventListener('close', () => {
        void ended();
      });
    };
    const ended = async (): Promise<void> => {
      onState((await isRefused()) ? 'refused' : 'lost');
      const wait = WAITS[Math.min(attempt, WAITS.length - 1)] ?? 5000;
      attempt += 1;
      setTimeout(open, wait);
    };
    onState('connecting');
    open();
  },
};

/** Whether the host is there but no longer knows this page, as after a new start of `kindling serve`. */
async function isRefused(): Promise<boolean> {
  try {
    const response = await fetch('api/application.state', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    return response.status === 401;
  } catch {
    return false;
  }
}
