import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InnotaterViewElement } from '../../../src/element/index.js';

type Named = { readonly name: string };
type Declaration = Record<'attributes' | 'members' | 'events', readonly Named[]>;

const manifest = JSON.parse(readFileSync(new URL('../../../custom-elements.json', import.meta.url), 'utf8'));
const declaration: Declaration = manifest.modules[0].declarations[0];
const names = (list: readonly Named[]) => list.map(({ name }) => name).sort();

describe('custom-elements.json says what the element is', () => {
  it('every attribute, and no other', () => {
    expect(names(declaration.attributes)).toEqual(
      [...InnotaterViewElement.observedAttributes, 'name'].sort(),
    );
  });
  it('every property, and no other', () => {
    const own = Object.getOwnPropertyDescriptors(InnotaterViewElement.prototype);
    const properties = Object.keys(own).filter((name) => own[name as keyof typeof own]?.get);
    expect(names(declaration.members)).toEqual(properties.sort());
  });
  it('every event', () => {
    expect(names(declaration.events)).toEqual([
      'change',
      'error',
      'indexchange',
      'restore',
      'save',
      'savestatechange',
    ]);
  });
});
