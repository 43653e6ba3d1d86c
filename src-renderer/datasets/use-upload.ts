import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { UPLOAD_PIECE } from '../../src-shared/contract/api/uploads.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { messageOf, request } from '../connection/request.ts';
import type { PackedFiles } from './packed-files.ts';

/** What is sent, and how far it is. */
export interface Sent {
  /** Of the file or folder. */
  readonly name: string;
  readonly phase: 'listing' | 'sending' | 'waiting' | 'there';
  /** Files that were found so far, while they are listed. */
  readonly files: number;
  readonly bytes: number;
  readonly arrived: number;
  readonly secondsLeft: number | null;
  /** Of the host; empty before it has one. */
  readonly id: string;
}

export interface UploadHere {
  /** Null where nothing is sent. */
  readonly sent: ShallowRef<Sent | null>;
  /** Why it could not be sent; empty where it could. */
  readonly problem: Ref<string>;
  /** Sends what is found; what was sent before is removed. */
  readonly send: (name: string, find: Find) => Promise<void>;
  /** Ends it, or removes what has arrived. */
  readonly cancel: () => void;
}

/** Finds what is to be sent, which may take a while. */
export type Find = (onFound: (files: number) => void, signal: AbortSignal) => Promise<PackedFiles>;

/** Seconds between attempts while the host cannot be reached, and for how long. */
const PAUSE = 2;
const PATIENCE = 600;

/** Sends one thing at a time to the host; what is still being sent ends with who began it. */
export function useUpload(): UploadHere {
  const sent = shallowRef<Sent | null>(null);
  const problem = ref('');
  let controller = new AbortController();

  function cancel(): void {
    controller.abort();
    const id = sent.value?.id ?? '';
    sent.value = null;
    // where the host cannot be reached it removes it by itself
    if (id !== '') void request('uploads.remove', { upload: id }).catch(() => undefined);
  }
  onScopeDispose(cancel);

  async function send(name: string, find: Find): Promise<void> {
    cancel();
    controller = new AbortController();
    const { signal } = controller;
    problem.value = '';
    let state: Sent = {
      ...{ name, phase: 'listing', files: 0, bytes: 0, arrived: 0, secondsLeft: null, id: '' },
    };
    const show = (changes: Partial<Sent>): void => {
      state = { ...state, ...changes };
      if (!signal.aborted) sent.value = state;
    };
    try {
      show({});
      const files = await find((count) => show({ files: count }), signal);
      signal.throwIfAborted();
      if (files.bytes === 0) throw new Error(`${name} is empty.`);
      const { id } = await request('uploads.begin', { name: files.name, bytes: files.bytes });
      show({ id, bytes: files.bytes, phase: 'sending' });
      // cancelled while the host began it
      if (signal.aborted) await request('uploads.remove', { upload: id });
      const began = performance.now();
      for (let at = 0; at < files.bytes; at += UPLOAD_PIECE) {
        const bytes = await files.read(at, at + UPLOAD_PIECE);
        await append(id, at, bytes, signal, () => show({ phase: 'waiting', secondsLeft: null }));
        const arrived = at + bytes.length;
        const seconds = (performance.now() - began) / 1000;
        const secondsLeft = seconds < 1 ? null : ((files.bytes - arrived) / arrived) * seconds;
        show({ phase: 'sending', arrived, secondsLeft });
      }
      show({ phase: 'there', secondsLeft: null });
    } catch (error) {
      if (signal.aborted) return;
      cancel();
      problem.value = messageOf(error);
    }
  }
  return { sent, problem, send, cancel };
}

/** Goes on where the connection was lost meanwhile; a piece whose answer was lost may be sent again. */
async function append(
  upload: string,
  at: number,
  bytes: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
  onWait: () => void,
): Promise<void> {
  for (let waited = 0; ; waited += PAUSE) {
    signal.throwIfAborted();
    try {
      await request('uploads.append', { upload, at, bytes });
      return;
    } catch (error) {
      if (error instanceof Problem || waited >= PATIENCE) throw error;
      onWait();
      await new Promise((resolve) => setTimeout(resolve, 1000 * PAUSE));
    }
  }
}
