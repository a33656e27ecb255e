/** Results as text for a terminal. */

const digits = (value) => (value === 0 || Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** Columns as wide as they must be; the first one to the left, the others to the right. */
const aligned = (lines) => {
  const widths = lines[0].map((_, c) => Math.max(...lines.map((line) => line[c].length)));
  return lines
    .map((line) =>
      line.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]))).join('  '),
    )
    .join('\n');
};

/** Contestants of one scene by the figures that any of them has; names of figures end with their unit. */
export const sceneTable = (scene, rows) => {
  const names = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))];
  const lines = rows.map(({ contestant, figures, rounds }) => [
    contestant,
    ...names.map((name) => (figures[name] === undefined ? '–' : digits(figures[name]))),
    String(rounds),
  ]);
  const notes = rows.filter(({ note }) => note).map(({ contestant, note }) => `  ${contestant}: ${note}`);
  return ['', `${scene}`, aligned([['', ...names, 'measured'], ...lines]), ...notes].join('\n');
};

/** What is asked, what was measured, and whether it is met. */
export const targetTable = (targets) =>
  [
    '\nWhat is asked, and what was measured',
    ...targets.map(
      ({ what, target, value, met }) =>
        `${met ? '  met   ' : '  MISSED'}  ${what}: ${target}; measured: ${value ?? 'not measured'}`,
    ),
  ].join('\n');
