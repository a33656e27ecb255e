/** Popups, and what is drawn in them. */
export const popupStyles = `
.mirror .popup { position: fixed; inset: auto; opacity: 1; overflow: visible; pointer-events: auto; transform-origin: 0 0;
  border-radius: 6px; box-shadow: 0 4px 18px rgb(0 0 0 / 0.28), 0 1px 4px rgb(0 0 0 / 0.2); }
.mirror dialog.popup { max-width: none; max-height: none; border-radius: 10px; box-shadow: 0 12px 48px rgb(0 0 0 / 0.4); }
.mirror dialog.popup::backdrop { background: rgb(0 0 0 / 0.4); }
.mirror .popup > canvas { left: 0; top: 0; opacity: 1; }
`;
