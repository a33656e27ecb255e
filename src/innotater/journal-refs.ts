import type { JournalOp, PlaceRef } from '../journal/index.js';
import type { EditOp, Place } from './editing.js';

export const refOf = ({ target, uindex }: Place): PlaceRef => ({
  uindex,
  name: target.name,
  row: target.repeatIndex,
  ofView: target.ofView ?? false,
});

export const keyOf = ({ uindex, name, row, ofView }: PlaceRef): string =>
  `${uindex} ${row} ${ofView} ${name}`;

/** What happened, in names of places. */
export const loggedOp = (op: EditOp): JournalOp =>
  op.tag === 'step'
    ? { tag: 'step', diffs: op.diffs.map(({ place, ...values }) => ({ place: refOf(place), ...values })) }
    : op;
