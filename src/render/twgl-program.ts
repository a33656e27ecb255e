/** What is used of twgl.js. The package's build takes this module along with nothing else of it. */
export { createProgram } from 'twgl.js';
