/** Lets messages, input and paint in. Unlike a timer it is not slowed down in tabs that nobody sees. */
export function messageBreathe(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  let resume = () => {};
  port1.onmessage = () => resume();
  return () =>
    new Promise((resolve) => {
      resume = resolve;
      port2.postMessage(undefined);
    });
}
