/**
 * The window's bridge (src-shared/contract/page-bridge.ts). A sandboxed preload script is CommonJS, one file, and can
 * import nothing but `electron`: so it is JavaScript and repeats the names of channels.ts.
 */
const { contextBridge, ipcRenderer, webUtils } = require('electron');

/** @returns {() => void} what ends it */
function listen(channel, listener) {
  // The event itself stays here: it would give the page a way to send on any channel.
  const forward = (_event, content) => listener(content);
  ipcRenderer.on(channel, forward);
  return () => ipcRenderer.removeListener(channel, forward);
}

contextBridge.exposeInMainWorld('kindling', {
  platform: process.platform,
  request: (name, parameters) => ipcRenderer.invoke('kindling:request', name, parameters),
  connect(listener) {
    const end = listen('kindling:message', listener);
    ipcRenderer.send('kindling:connect');
    return end;
  },
  onCommand(listener) {
    const end = listen('kindling:command', listener);
    ipcRenderer.send('kindling:ready');
    return end;
  },
  saveFile: (file) => ipcRenderer.invoke('kindling:save-file', file),
  openTextFile: () => ipcRenderer.invoke('kindling:open-text-file'),
  offer: (what) => ipcRenderer.send('kindling:offer', what),
  pathOf: (file) => webUtils.getPathForFile(file),
});
