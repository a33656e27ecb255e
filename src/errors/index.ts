/**
 * The closed list of what can go wrong in front of a user.
 *
 * - `data`: a column, tensor, mask or option does not fit (thrown at construction)
 * - `range`: an index or a value is outside what is allowed
 * - `decode`: bytes are not an image that can be shown
 * - `fetch`: a file or URL could not be read
 * - `format`: an annotation or array file is malformed
 * - `transform`: the caller's transform threw
 * - `hook`: the caller's save hook or click handler threw
 * - `limit`: the browser or the device cannot hold this much
 * - `worker`: two workers crashed or fell silent over the same job
 * - `aborted`: nobody wants the result any more
 */
export type ErrorCode =
  | 'data'
  | 'range'
  | 'decode'
  | 'fetch'
  | 'format'
  | 'transform'
  | 'hook'
  | 'limit'
  | 'worker'
  | 'aborted';

/** Plain facts that belong to an error; they cross worker borders as they are. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean>>;

/** The one error class of the kit. `message` says what was wrong, where, and what would be right. */
export class InnotaterError extends Error {
  override readonly name = 'InnotaterError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly facts: ErrorFacts = {},
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}

/** A failure as data: what a worker answers instead of throwing, since thrown errors lose their fields. */
export type Failure = {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly message: string;
  readonly facts: ErrorFacts;
};
export type Success<T> = { readonly ok: true; readonly value: T };
export type Reply<T> = Success<T> | Failure;

export const success = <T>(value: T): Success<T> => ({ ok: true, value });

/** Turns anything thrown into a failure; an `InnotaterError` keeps its code and facts. */
export const failure = (thrown: unknown, code: ErrorCode): Failure =>
  thrown instanceof InnotaterError
    ? { ok: false, code: thrown.code, message: thrown.message, facts: thrown.facts }
    : { ok: false, code, message: thrown instanceof Error ? thrown.message : String(thrown), facts: {} };

/** The value of a reply; throws its failure as an `InnotaterError`. */
export const unwrap = <T>(reply: Reply<T>): T => {
  if (reply.ok) return reply.value;
  throw new InnotaterError(reply.code, reply.message, reply.facts);
};
