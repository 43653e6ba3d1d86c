/**
 * The channels between the window's page and this process. preload.cjs, which cannot import, has the same names;
 * test/main/desktop/preload.test.ts compares them.
 */
export const CHANNELS = {
  /** Page to host, answered. */
  request: 'kindling:request',
  saveFile: 'kindling:save-file',
  openTextFile: 'kindling:open-text-file',
  /** Page to host: send me messages from now on. */
  connect: 'kindling:connect',
  /** Page to host: I follow commands from now on. */
  ready: 'kindling:ready',
  /** Page to host: what it can do now. */
  offer: 'kindling:offer',
  /** Host to page. */
  message: 'kindling:message',
  command: 'kindling:command',
} as const;
