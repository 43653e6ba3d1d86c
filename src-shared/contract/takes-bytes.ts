/** The requests whose parameters hold bytes (`Uint8Array`): known without their schemas, which a page does not need to ask. */
const TAKING_BYTES: readonly string[] = ['uploads.append'];

/** Whether the parameters of the request of this name hold bytes. */
export function takesBytes(name: string): boolean {
  return TAKING_BYTES.includes(name);
}
