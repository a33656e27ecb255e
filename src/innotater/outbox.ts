import type { Emit } from './events.js';

/** Holds back events that are raised while a frame is built, so that a listener may do anything to the view. */
export class Outbox {
  readonly #emit: Emit;
  #waiting: (() => void)[] = [];
  #isBuilding = false;

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  readonly emit: Emit = (type, detail) => this.later(() => this.#emit(type, detail));

  /** At once, or after the frame that is being built. */
  later(action: () => void): void {
    if (!this.#isBuilding) {
      action();
      return;
    }
    if (this.#waiting.length === 0) queueMicrotask(() => this.#flush());
    this.#waiting.push(action);
  }

  during(build: () => void): void {
    this.#isBuilding = true;
    try {
      build();
    } finally {
      this.#isBuilding = false;
    }
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const action of waiting) action();
  }
}
