import { InnotaterError } from '../errors/index.js';
import type { Misfits, OtherPlace } from '../journal/index.js';

const changesText = (count: number): string => `${count} ${count === 1 ? 'change' : 'changes'}`;

/** The time, and whether that was today or on which day. */
const whenText = (timeMs: number): string => {
  const [then, now] = [new Date(timeMs), new Date()];
  const time = then.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  return then.toDateString() === now.toDateString()
    ? `${time} today`
    : `${time} on ${then.toLocaleDateString()}`;
};

export type RestoredFacts = {
  readonly changes: number;
  readonly lost: number;
  readonly conflicts: number;
  readonly lastMs: number;
};

export const restoredText = ({ changes, lost, conflicts, lastMs }: RestoredFacts): string => {
  const parts = [`${changesText(changes)} from ${whenText(lastMs)} restored.`];
  if (conflicts > 0) {
    parts.push(
      `${conflicts} of them ${conflicts === 1 ? 'was' : 'were'} made in two tabs: the later one is shown, undo brings the earlier one back.`,
    );
  }
  if (lost > 0)
    parts.push(`${lost} could not be put back: the data has no such place, or cannot hold the value.`);
  return parts.join(' ');
};

export const misfitText = (key: string, { why, changes, lastMs }: Misfits): string =>
  `${changesText(changes)} from ${whenText(lastMs)} ${changes === 1 ? 'is kept for' : 'are kept for'} “${key}” and ${changes === 1 ? 'does' : 'do'} not fit this data: ${why}. Nothing was changed.`;

const sharedPlaces: Readonly<Record<OtherPlace, string>> = {
  tab: 'This dataset is open in another tab, too.',
  page: 'This dataset is open in another view on this page, too.',
};

export const sharedText = (place: OtherPlace): string =>
  `${sharedPlaces[place]} What is changed here is kept apart, and both are brought together when it is opened next.`;

const reasons: Readonly<Record<string, string>> = {
  QuotaExceededError: 'the disk, or what this site may use of it, is full',
  VersionError: 'a newer version of this page has written there; reload the page',
  SecurityError: 'storing is blocked for this page',
  InvalidStateError: 'this browser does not let this page store anything',
  UnknownError: 'the browser cannot read or write its store',
};

/** What is told where changes cannot be kept. */
export const journalTrouble = (cause: unknown): InnotaterError => {
  const { name = '', message = String(cause) } = cause instanceof Error ? cause : {};
  const why = reasons[name] ?? message;
  return new InnotaterError(
    'limit',
    `Changes are not kept in this browser: ${why}. You can go on; it is tried again. Save before you close this page.`,
    {},
    { cause },
  );
};
