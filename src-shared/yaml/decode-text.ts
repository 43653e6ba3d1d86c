/** In Node and in browsers alike, but in no library that this folder compiles with. */
declare const TextDecoder: new (encoding: string) => { decode(bytes: Uint8Array): string };

/**
 * The text of a file in UTF-8 or, as some editors and PowerShell write it, UTF-16. Bytes that are neither become U+FFFD,
 * which `readYaml` refuses with its line. A carriage return that ends a line alone becomes a line feed: it is a line break
 * of YAML that the package does not know.
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes).replace(/\r(?!\n)/g, '\n');
}

/** By the byte order mark, or by the zero byte beside a first character of ASCII (YAML 1.2.2, section 5.2). */
function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}
