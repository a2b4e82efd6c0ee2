// The levers of a local run that the console pulls, and no other path: PortOne's side under the simulator's /_control, the
// functions' side under the host's /_local. Neither is given a key.

export const simulatorLevers = [
  "GET /_control/clock",
  "GET /_control/deliveries",
  "GET /_control/calls",
  "GET /_control/windows",
  "GET /_control/payments",
  "POST /_control/window/{window}/approve",
  "POST /_control/window/{window}/decline",
  "POST /_control/window/{window}/close",
  "POST /_control/payments/{imp_uid}/deposit",
  "POST /_control/payments/{imp_uid}/cancel",
  "POST /_control/payments/{imp_uid}/approve-late",
  "POST /_control/payments/{imp_uid}/resend",
  "GET /_control/faults",
  "POST /_control/faults",
  "DELETE /_control/faults",
] as const;

export const hostLevers = [
  "GET /_local/clock",
  "POST /_local/clock",
  "GET /_local/due",
  "POST /_local/run",
  "GET /_local/calls",
  "DELETE /_local/calls",
  "GET /_local/faults",
  "POST /_local/faults",
  "DELETE /_local/faults",
  "GET /_local/events",
] as const;
