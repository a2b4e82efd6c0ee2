// What so many payments a month use of each thing that has a price. `counted` is what tests count on the built functions;
// `assumed` is not measured on AWS, and the guide says so.
import type { PriceName } from "./prices.ts";

export const counted = {
  /** A payment: created, confirmed, told by notice, told by the browser, read once for its receipt. */
  payment: {
    tableCalls: 7,
    writeUnits: 3,
    indexWriteUnits: 3,
    readUnits: 4,
    portoneCalls: 2,
    ownLogBytes: 1_900,
  },
  /** A payment once more, at night: as PortOne lists it, and as the day's orders do. */
  audited: { readUnits: 2 },
  /** A sweep that finds nothing. */
  sweep: { tableCalls: 13, readUnits: 7 },
  /** An audit of a day without payments, at most. */
  audit: { tableCalls: 120, writeUnits: 60, readUnits: 60, portoneCalls: 50 },
} as const;

export const assumed = {
  /** The five doors of a payment and the browser's question before its own. */
  requests: 6,
  memoryGb: 0.5,
  ownMs: 10,
  tableCallMs: 10,
  portoneCallMs: 100,
  coldShare: 0.01,
  coldMs: 500,
  /** Lambda's lines about one invocation, the gateway's about one request. */
  platformLogBytes: 450,
  accessLogBytes: 400,
  /** What CloudWatch adds to each line. */
  lineBytes: 26,
  orderBytes: 1_100,
  indexBytes: 200,
  dataOutBytes: 15_000,
  logDays: 90,
  /** A month of 730 hours. */
  sweeps: 43_800,
  audits: 30,
} as const;

/** Of the functions that a payment goes through, as one reads its secrets every five minutes. */
const secretsPerRound = { payment: 16, sweep: 3 };
const roundsPerMonth = assumed.sweeps / 5;
/** Kept busy all month, of each function. */
const busyInstances = (payments: number): number => Math.max(1, Math.ceil(payments / 400_000));

const bytesPerGb = 1_000_000_000;
const monthDays = 30;

const invocationMs = (invocations: number, tableCalls: number, portoneCalls: number): number =>
  invocations * assumed.ownMs + tableCalls * assumed.tableCallMs + portoneCalls * assumed.portoneCallMs;

/** Lambda writes two lines an invocation beside ours. */
const logBytes = (invocations: number, ownBytes: number): number =>
  ownBytes + invocations * (assumed.platformLogBytes + 3 * assumed.lineBytes);

export function usageOf(payments: number): Readonly<Record<PriceName, number>> {
  const { payment, audited, sweep, audit } = counted;
  const { requests, sweeps, audits } = assumed;
  const paymentMs =
    invocationMs(requests, payment.tableCalls, payment.portoneCalls) +
    requests * assumed.coldShare * assumed.coldMs;
  const totalMs =
    payments * paymentMs +
    sweeps * invocationMs(1, sweep.tableCalls, 0) +
    audits * invocationMs(1, audit.tableCalls, audit.portoneCalls);
  const accessBytes = requests * (assumed.accessLogBytes + assumed.lineBytes);
  const logsGb =
    (payments * (logBytes(requests, payment.ownLogBytes) + accessBytes) +
      (sweeps + audits) * logBytes(1, payment.ownLogBytes / requests)) /
    bytesPerGb;
  const rounds = (invocations: number) => Math.min(invocations, busyInstances(payments) * roundsPerMonth);
  return {
    gatewayRequests: payments * requests,
    lambdaRequests: payments * requests + sweeps + audits,
    lambdaTime: (totalMs / 1000) * assumed.memoryGb,
    tableWrites: payments * (payment.writeUnits + payment.indexWriteUnits) + audits * audit.writeUnits,
    tableReads:
      payments * (payment.readUnits + audited.readUnits) +
      sweeps * sweep.readUnits +
      audits * audit.readUnits,
    tableStorage: (payments * (assumed.orderBytes + assumed.indexBytes)) / bytesPerGb,
    tableBackup: (payments * assumed.orderBytes) / bytesPerGb,
    logsWritten: logsGb,
    logsKept: (logsGb * assumed.logDays) / monthDays,
    keyRequests: rounds(payments) * secretsPerRound.payment + roundsPerMonth * secretsPerRound.sweep,
    dataOut: (payments * assumed.dataOutBytes) / bytesPerGb,
  };
}
