/** A value of a table as plain data; see `AsyncColumn`. Bytes and other typed arrays stay as they are. */
export declare const plain: (value: unknown) => unknown;
/** About how many bytes it takes in memory. */
export declare const bytesOf: (value: unknown) => number;
