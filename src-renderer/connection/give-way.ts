/** Milliseconds of work after which the page answers. */
const SLICE = 12;

let began = 0;

/** Lets the page answer where work in pieces has lasted for a while: to be awaited after each piece. */
export async function giveWay(): Promise<void> {
  if (performance.now() - began < SLICE) return;
  await nextTask();
  began = performance.now();
}

function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    // unlike a timer it is not held back when many follow each other
    port2.postMessage(null);
  });
}
