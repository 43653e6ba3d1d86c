import type { WebContents } from 'electron';
import type { NumberedEvent, PageMessage } from '../../src-shared/contract/api/events.ts';
import type { PageCommand } from '../../src-shared/contract/page-bridge.ts';
import { CHANNELS } from './channels.ts';

/** What of a window's contents is needed to write to its page. */
export type PageContents = Pick<WebContents, 'send' | 'isDestroyed'>;

/** The way to the page: messages from when it asked for them, commands from when it follows them. */
export interface PageLink {
  /** The page asked for messages: it gets `hello` first, also when it asks again after a reload. */
  connect(hello: PageMessage): void;
  /** The page follows commands now; those that came before are sent. */
  follow(): void;
  /** The page is being loaded, or gone: it has to ask anew. */
  disconnect(): void;
  tell(event: NumberedEvent): void;
  command(command: PageCommand): void;
}

export function createPageLink(contents: PageContents): PageLink {
  let isConnected = false;
  let isFollowing = false;
  let waiting: PageCommand[] = [];
  const send = (channel: string, content: PageMessage | PageCommand): void => {
    if (!contents.isDestroyed()) contents.send(channel, content);
  };
  return {
    connect(hello) {
      isConnected = true;
      send(CHANNELS.message, hello);
    },
    follow() {
      isFollowing = true;
      for (const each of waiting) send(CHANNELS.command, each);
      waiting = [];
    },
    disconnect() {
      isConnected = false;
      isFollowing = false;
    },
    tell(event) {
      // A page that has not asked yet learns all of it by its first requests.
      if (isConnected) send(CHANNELS.message, { type: 'event', ...event });
    },
    command(command) {
      if (isFollowing) send(CHANNELS.command, command);
      else waiting.push(command);
    },
  };
}
