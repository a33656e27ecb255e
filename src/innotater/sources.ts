import { InnotaterError } from '../errors/index.js';
import type { BoxHost, Innotation, NeedsSource } from '../innotations/index.js';

type Host = Innotation & BoxHost;
type Guest = Innotation & NeedsSource;

/** What boxes can lie on. */
export const isHost = (innotation: Innotation): innotation is Host => 'attachBox' in innotation;
const isGuest = (innotation: Innotation): innotation is Guest => 'attachTo' in innotation;

/** Lays every box on its image, single and grouped ones first, then the rows of repeats (B9). Throws the messages of R9. */
export const attachSources = (roots: readonly Innotation[], all: readonly Innotation[]): void => {
  for (const box of [...boxesIn(roots, false), ...boxesIn(roots, true)]) box.attachTo(hostOf(box, all));
};

const boxesIn = (
  innotations: readonly Innotation[],
  ofRepeats: boolean,
  inRepeat = false,
): readonly Guest[] =>
  innotations.flatMap((innotation) => {
    const isRepeat = inRepeat || innotation.isRepeat;
    const own = isGuest(innotation) && inRepeat === ofRepeats ? [innotation] : [];
    return [...own, ...boxesIn(innotation.children, ofRepeats, isRepeat)];
  });

const hostOf = (box: Guest, all: readonly Innotation[]): Host => {
  const { source } = box;
  return source === undefined ? onlyHost(box, all.filter(isHost)) : namedHost(box, source, all);
};

const namedHost = (box: Guest, source: string, all: readonly Innotation[]): Host => {
  const found = all.find(({ name }) => name === source);
  if (!found) {
    throw new InnotaterError(
      'data',
      `Innotation ${box.kind} ${box.name} has source ${source}, and no Innotation has this name`,
    );
  }
  if (isHost(found)) return found;
  throw new InnotaterError(
    'data',
    `Innotation ${box.kind} ${box.name} has source ${source}, which is a ${found.kind} and not an ImageInnotation`,
  );
};

const onlyHost = (box: Guest, hosts: readonly Host[]): Host => {
  const [host] = hosts;
  if (host && hosts.length === 1) return host;
  const message =
    hosts.length === 0
      ? `Innotation ${box.kind} ${box.name} needs an ImageInnotation to lie on, and there is none`
      : `Innotation ${box.kind} ${box.name} needs a source: there is more than one ImageInnotation (${hosts.map(({ name }) => name).join(', ')})`;
  throw new InnotaterError('data', message);
};
