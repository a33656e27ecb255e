const fix =
  'To fix it, serve the file innotater/worker.js from your own site and call configure({ workerUrl: … }) with its address before the first mount, or allow "worker-src blob:" in the Content-Security-Policy.';

/** What the page was told already: once is enough for all its pools. */
const told = new Set<string>();

/** Says on the console, once a page, what did not start and what is used instead, and how to fix it. */
export const warnOfStart = (text: string): void => {
  if (!told.has(text)) console.warn(`${text} ${fix}`);
  told.add(text);
};
