// A path of the console's own; `//elsewhere` and `/\elsewhere` are none.
export const isOwnPath = (path: string): boolean => /^\/(?![/\\])/.test(path);
