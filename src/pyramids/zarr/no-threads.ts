/** In place of Node's worker_threads, which the zip reader would look for outside of browsers. */
export default {};
