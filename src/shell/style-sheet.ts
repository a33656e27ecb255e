/** Everything in the shadow root but popups. Leaves are transparent, containers draw nothing, so that a field inside one can be seen. */
const rules = `
.root { position: absolute; inset: 0; overflow: clip; outline: none; touch-action: manipulation; user-select: none;
  -webkit-user-select: none; -webkit-tap-highlight-color: transparent; }
.canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; }
.copy { position: absolute; left: 0; top: 0; max-width: 100%; height: auto; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.cover { position: absolute; left: 0; top: 0; pointer-events: none; }
.mirror { position: absolute; inset: 0; }
.mirror * { position: absolute; box-sizing: border-box; margin: 0; padding: 0; border: 0; min-width: 0; outline: none;
  opacity: 0; pointer-events: none; appearance: none; cursor: inherit; background: none; border-radius: 0; resize: none;
  overflow: clip; white-space: pre; touch-action: inherit; }
.mirror .box { opacity: 1; overflow: visible; }
.mirror .clips { overflow: clip; }
.mirror .hit { pointer-events: auto; }
.mirror .hit.still { pointer-events: none; }
.mirror .words { left: 0; top: 0; width: 100%; height: 100%; contain: strict; }
.mirror .field { overflow: hidden; user-select: text; -webkit-user-select: text; cursor: text; border: 2px solid transparent; background-clip: padding-box; }
.mirror textarea.field { overflow: auto; white-space: pre-wrap; overflow-wrap: break-word; scrollbar-width: thin; touch-action: pan-y; }
.mirror .styled:focus, .mirror .styled.shown { opacity: 1; border-radius: 4px; }
.lines { position: absolute; left: 0; top: 0; visibility: hidden; pointer-events: none; margin: 0; padding: 0; border: 0; white-space: pre-wrap;
  overflow-wrap: break-word; tab-size: 8; unicode-bidi: plaintext; letter-spacing: normal; text-align: start; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: clip; clip-path: inset(50%); white-space: nowrap; }
`;

/** The shadow root adopts a style sheet of the document's own realm, after those it has: allowed under a strict policy. */
export const adoptStyles = (shadow: ShadowRoot, styles = rules): void => {
  const view = shadow.ownerDocument.defaultView ?? globalThis;
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(styles);
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
};
