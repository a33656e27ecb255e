import { pick, seededRandom } from './random.js';

const things = ['bicycle', 'teapot', 'desk lamp', 'raincoat', 'coffee grinder', 'tent', 'bookshelf'];
const names = ['Ada', 'Bela', 'Chidi', 'Dana', 'Emre', 'Fumiko', 'Greta', 'Hassan', 'Ines', 'Jonas'];
const when = ['on Monday', 'two weeks ago', 'yesterday', 'in March', 'last Friday', 'before the holidays'];

/** What people write to a shop: one list of sentences a kind of letter, each taking the thing it is about and a time. */
const sentences: readonly (readonly ((thing: string, time: string) => string)[])[] = [
  [
    (thing, time) => `The ${thing} you sent ${time} is the best I have owned.`,
    (thing) => `I did not think that a ${thing} could make me smile every morning.`,
    () => 'Please pass my thanks on to whoever packed it with such care.',
    (thing) => `My sister saw it and wants the same ${thing} now.`,
  ],
  [
    (thing, time) => `The ${thing} that came ${time} was broken at one corner.`,
    () => 'I have written twice and nobody has answered.',
    (thing) => `For this price I expected a ${thing} that lasts longer than a week.`,
    () => 'I would like my money back, or one that works.',
  ],
  [
    (thing) => `Does the ${thing} also come in green?`,
    (_, time) => `I ordered ${time}: can the address still be changed?`,
    (thing) => `Which spare parts fit the small ${thing}?`,
    () => 'Is your workshop open on Saturdays?',
  ],
  [
    (thing) => `CONGRATULATIONS! You have been chosen for a golden ${thing}!!!`,
    () => 'Reply within one hour with your shoe size to claim the prize.',
    (thing) => `Ten thousand ${thing} owners already trust our secret method.`,
    () => 'This offer can not be repeated, refused or explained.',
  ],
];

/** `count` short letters to a shop, each of one kind in another voice; the same for the same seed. */
export const letters = (count: number, seed: number): string[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const [thing, time] = [pick(things, random), pick(when, random)];
    const kind = pick(sentences, random);
    const from = Math.floor(random() * kind.length);
    const chosen = [0, 1, 2].map((i) => kind[(from + i) % kind.length]!(thing, time));
    return `Hello,\n\n${chosen.join(' ')}\n\n${pick(names, random)}`;
  });
};
