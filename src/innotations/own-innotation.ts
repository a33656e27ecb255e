import { areas, choices, extras, provideWidgets, sheets } from '../ui/index.js';
import { Innotation, type InnotationOptions } from './innotation.js';

/**
 * Base of Innotations that pages write themselves, exported as `Innotation`: whatever they build, all widgets are there. Ours hand in what
 * they use, and so leave the rest out of the page. All of ours are instances of it, too.
 */
export abstract class OwnInnotation extends Innotation {
  constructor(options: InnotationOptions) {
    super(options);
    provideWidgets({ ...areas, ...choices, ...extras, ...sheets });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: subclasses inherit it
    const asked: unknown = this === OwnInnotation ? Innotation : this;
    return Function.prototype[Symbol.hasInstance].call(asked, value);
  }
}
