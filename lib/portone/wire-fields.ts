// Nothing is sent for a value nobody gave: null means other things to PortOne than absence.
export const withoutNull = (fields: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
