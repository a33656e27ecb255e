/**
 * A host of anywidget modules, written to the published contract: the module's text is imported from a blob URL that is revoked at once,
 * `initialize` is called once a model and `render` for each output, a model has traits with change events and messages, and binary
 * values are DataViews, here into the middle of a larger buffer, as they come out of a message.
 */
export class Model {
  #traits;
  #listeners = new Map();
  /** What `save_changes` sent, in order. */
  saved = [];
  sent = [];
  #unsaved = {};

  constructor(traits) {
    this.#traits = { ...traits };
  }
  get(name) {
    return this.#traits[name];
  }
  set(name, value) {
    if (this.#traits[name] === value) return;
    this.#traits[name] = value;
    this.#unsaved[name] = value;
    this.fire(`change:${name}`);
    this.fire('change');
  }
  save_changes() {
    this.saved.push(this.#unsaved);
    this.#unsaved = {};
  }
  /** The kernel sets traits. */
  receive(traits) {
    Object.assign(this.#traits, traits);
    for (const name of Object.keys(traits)) this.fire(`change:${name}`);
  }
  on(event, listener) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }
  off(event, listener) {
    this.#listeners.set(
      event,
      (this.#listeners.get(event) ?? []).filter((other) => other !== listener),
    );
  }
  send(message) {
    this.sent.push(message);
  }
  fire(event, ...facts) {
    for (const listener of this.#listeners.get(event) ?? []) listener(...facts);
  }
  get listenerCount() {
    return [...this.#listeners.values()].flat().length;
  }
}

/** As bytes arrive: a view into a message. */
export const arrived = (typed) => {
  const message = new Uint8Array(typed.byteLength + 11);
  message.set(new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength), 7);
  return new DataView(message.buffer, 7, typed.byteLength);
};

/** Whole arrays of a trait that came back. */
export const numbers = (view, Type) => [
  ...new Type(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength)),
];

export const importWidget = async (address) => {
  const text = await (await fetch(address)).text();
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const loading = import(url);
  const { default: widget } = await loading;
  URL.revokeObjectURL(url);
  return widget;
};
