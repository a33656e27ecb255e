/** What the message line says: at most one, the latest. */
export type Notice = { readonly kind: 'status' | 'alert'; readonly text: string };

/** A message that stays until one of its answers is chosen. */
export type Question = {
  readonly text: string;
  readonly answers: readonly { readonly label: string; choose(): void }[];
};

/** Saved, errors: kept until the next one, until dismissed, or (what belongs to a sample) until another is shown. */
export class Notices {
  #current: (Notice & { readonly uindex: number | null }) | null = null;

  #questions: readonly Question[] = [];

  /** The oldest without an answer. */
  get question(): Question | null {
    return this.#questions[0] ?? null;
  }
  ask(question: Question): void {
    this.#questions = [...this.#questions, question];
  }
  answer(question: Question, at: number): void {
    this.#questions = this.#questions.filter((other) => other !== question);
    question.answers[at]!.choose();
  }

  get current(): Notice | null {
    return this.#current;
  }

  show(kind: Notice['kind'], text: string, uindex: number | null = null): void {
    this.#current = { kind, text, uindex };
  }

  dismiss(): void {
    this.#current = null;
  }
  /** Dismisses the alert of this text, if it is the one shown. */
  retract(text: string): void {
    if (this.#current?.kind === 'alert' && this.#current.text === text) this.#current = null;
  }

  /** A status has been read by now; an error of another sample no longer concerns what is shown. */
  sampleChanged(uindex: number): void {
    const current = this.#current;
    if (!current) return;
    const stays = current.kind === 'alert' && (current.uindex === null || current.uindex === uindex);
    if (!stays) this.#current = null;
  }
}
