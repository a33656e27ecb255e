import type { Column } from '../dataset/index.js';
import type { EditTarget } from './contract.js';
import { Innotation, type InnotationOptions } from './innotation.js';

/** An Innotation that shows and edits one column of the caller's. */
export abstract class ColumnInnotation<T> extends Innotation implements EditTarget {
  readonly #column: Column<T>;

  constructor(options: InnotationOptions, column: Column<T>) {
    super(options);
    this.#column = column;
  }

  get length(): number {
    return this.#column.length;
  }
  read(uindex: number): T {
    return this.#column.get(uindex);
  }
  write(uindex: number, value: unknown): void {
    this.#column.set(uindex, value as T);
  }
  same(a: unknown, b: unknown): boolean {
    return Object.is(a, b);
  }
  capture(uindex: number): readonly unknown[] {
    return this.#column.capture(uindex);
  }
  restore(uindex: number, captured: unknown): void {
    this.#column.restore(uindex, captured as readonly unknown[]);
  }
}

/** How an Innotation under construction calls itself in messages. */
export const who = (kind: string, { name }: { readonly name?: string }): string =>
  name ? `${kind} ${name}` : kind;
