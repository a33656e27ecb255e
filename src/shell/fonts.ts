/** Calls back whenever fonts of the page have loaded, until the returned function is called. */
export const observeFonts = (document: Document, onLoaded: () => void): (() => void) => {
  document.fonts.addEventListener('loadingdone', onLoaded);
  return () => document.fonts.removeEventListener('loadingdone', onLoaded);
};
