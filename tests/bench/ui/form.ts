/** One group of the form, as every contestant shows it: ten controls. The same seed gives the same forms. */
export type Group = {
  readonly title: string;
  readonly buttons: readonly [string, string];
  readonly flags: [boolean, boolean];
  readonly levels: [number, number];
  text: string;
  count: number;
  chosen: number;
};

/** Classes of the groups' lists. */
export const breeds: readonly string[] = [
  ...['Beagle', 'Boxer', 'Collie', 'Dalmatian', 'Greyhound', 'Husky', 'Malamute', 'Pointer', 'Poodle'],
  ...['Setter', 'Spaniel', 'Whippet'],
];

export const controlsOfGroup = 10;

/** xorshift32: numbers from 0 to `below`, last excluded. */
export const seeded = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
};

/** Groups with `controls` controls in all. */
export const formOf = (controls: number, seed: number): readonly Group[] => {
  const random = seeded(seed);
  return Array.from({ length: controls / controlsOfGroup }, (_, i) => ({
    title: `Group ${i + 1}`,
    buttons: [`Clear ${i + 1}`, `Copy ${i + 1}`],
    flags: [random(2) === 1, random(2) === 1],
    levels: [random(101), random(101)],
    text: `remark ${random(1000)}`,
    count: random(50),
    chosen: random(breeds.length),
  }));
};
