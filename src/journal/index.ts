export { type ColumnPrint, cellKinds, type Fingerprint } from './fingerprint.js';
export {
  Journal,
  type JournalParts,
  type JournalState,
  type Misfits,
  type Opened,
} from './journal.js';
export { type LoggedStep, type LoggedValue, type MergedLogs, type PlaceRef, sameValue } from './log.js';
export type { OtherPlace } from './sessions.js';
export type { JournalOp } from './write-queue.js';
