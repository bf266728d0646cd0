/** Lets a thread take the messages that have come by now, while it is at work of its own. */
export class Turns {
  readonly #channel = new MessageChannel();

  /** A turn for the messages; a timer would wait for two milliseconds. */
  async next(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#channel.port1.onmessage = () => resolve();
      this.#channel.port2.postMessage(null);
    });
  }

  /** Ends it; as long as it is there, the program does not end. */
  end(): void {
    this.#channel.port1.close();
  }
}
