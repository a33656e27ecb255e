/** What other components of this package are built with; not for those who import the package. */
export { TypedTarget } from './events.js';
export { Innotater } from './innotater.js';
export { type MountedView, mountView } from './mounted-view.js';
export { type InnotaterOptions, settingsOf } from './options.js';
export { type InnotationList, type Registry, register } from './registration.js';
