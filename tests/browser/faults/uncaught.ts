/** Errors that nobody caught, while `act` runs and a moment after. */
export const uncaught = async (act: () => unknown): Promise<string[]> => {
  const found: string[] = [];
  const onError = (event: ErrorEvent) => {
    found.push(event.message);
    event.preventDefault();
  };
  const onRejection = (event: PromiseRejectionEvent) => {
    found.push(String(event.reason));
    event.preventDefault();
  };
  // The runner counts what reaches its own listeners as failures.
  const before = window.onerror;
  window.onerror = null;
  window.addEventListener('error', onError, true);
  window.addEventListener('unhandledrejection', onRejection, true);
  try {
    await act();
    await new Promise((done) => setTimeout(done, 100));
  } finally {
    window.removeEventListener('error', onError, true);
    window.removeEventListener('unhandledrejection', onRejection, true);
    window.onerror = before;
  }
  return found;
};
