/**
 * The same file beside the packaged application's archive instead of within it: there are the sources and packages that
 * plain Node has to read (`asarUnpack` in electron-builder.yml). In a checkout, where there is no archive, the file itself.
 */
export function outsideArchive(file: string): string {
  return file.replace(/([\\/]app\.asar)(?=[\\/])/, '$1.unpacked');
}
