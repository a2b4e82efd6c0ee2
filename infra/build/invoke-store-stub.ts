// Takes the place of what the SDK reads a call's trace from. The table's client leaves that step out, so that only the
// import is left of it.

export const InvokeStore = { getInstanceAsync: () => Promise.resolve(undefined) };
