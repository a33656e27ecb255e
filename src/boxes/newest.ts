/**
 * Asks one question at a time; of those that come meanwhile only the newest is asked next. An answer is taken only where no newer
 * question, and no `forget`, came after its own. What rejects is not answered.
 */
export class Newest<Q, A> {
  readonly #ask: (question: Q) => Promise<A>;
  readonly #take: (answer: A) => void;
  #waiting: { readonly question: Q } | null = null;
  #isBusy = false;
  #number = 0;

  constructor(ask: (question: Q) => Promise<A>, take: (answer: A) => void) {
    this.#ask = ask;
    this.#take = take;
  }

  ask(question: Q): void {
    this.#number++;
    this.#waiting = { question };
    if (!this.#isBusy) void this.#next();
  }

  /** No answer is waited for any more. */
  forget(): void {
    this.#number++;
    this.#waiting = null;
  }

  async #next(): Promise<void> {
    this.#isBusy = true;
    while (this.#waiting) {
      const { question } = this.#waiting;
      const number = this.#number;
      this.#waiting = null;
      try {
        const answer = await this.#ask(question);
        if (number === this.#number) this.#take(answer);
      } catch {
        // The boxes went away, or come anew after a crash: who asked is to ask again.
      }
    }
    this.#isBusy = false;
  }
}
