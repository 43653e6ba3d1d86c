/** What electron-updater and updates.ts use of Electron, over Node's own HTTP: `electron` in updates.test.ts. */
import { EventEmitter } from 'node:events';
import { request, type RequestOptions } from 'node:http';

interface UpdaterMachine {
  readonly app: EventEmitter;
  /** Where `userData` lies. */
  folder: string;
  /** Messages of the dialogs, the newest last. */
  readonly dialogs: string[];
  /** Buttons that are clicked; a dialog without one stays open. */
  readonly answers: string[];
}

export const machine: UpdaterMachine = { app: new EventEmitter(), folder: '', dialogs: [], answers: [] };

export const app = {
  isPackaged: true,
  getVersion: () => '1.0.0',
  getName: () => 'Kindling',
  getPath: () => machine.folder,
  whenReady: () => Promise.resolve(),
  on: machine.app.on.bind(machine.app),
  once: machine.app.once.bind(machine.app),
};

export const dialog = {
  showMessageBox({
    message,
    buttons = [],
  }: {
    readonly message: string;
    readonly buttons?: readonly string[];
  }) {
    machine.dialogs.push(message);
    const answer = machine.answers.shift();
    return answer === undefined
      ? new Promise(() => undefined)
      : Promise.resolve({ response: buttons.indexOf(answer) });
  },
};

export const session = { fromPartition: () => null };

export const net = { request: (options: RequestOptions) => request(options) };
