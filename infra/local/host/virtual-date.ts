// Replaces a sandbox's global Date before the function's code is loaded, so that whatever asks for "now"
// gets the virtual time. Timers keep running in real time: a timeout still bounds a real wait.

/** Installs the replacement; `sharedOffsetMs` is read anew at every question. */
export function installVirtualDate(sharedOffsetMs: SharedArrayBuffer): void {
  const offsetMs = new BigInt64Array(sharedOffsetMs);
  const RealDate = Date;
  const nowMs = () => RealDate.now() + Number(Atomics.load(offsetMs, 0));
  const VirtualDate: DateConstructor = new Proxy(RealDate, {
    construct: (target, given, newTarget) =>
      Reflect.construct(
        target,
        given.length === 0 ? [nowMs()] : given,
        newTarget === VirtualDate ? target : newTarget,
      ),
    apply: () => new RealDate(nowMs()).toString(),
    get: (target, key) => (key === "now" ? nowMs : Reflect.get(target, key)),
  });
  // A date made by the replacement must lead back to it: `new date.constructor()` is "now" as well.
  RealDate.prototype.constructor = VirtualDate;
  globalThis.Date = VirtualDate;
}
