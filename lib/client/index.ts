export * from "./client.ts";
export type { components, operations, paths } from "./doors.ts";
export { type Problem, type ProblemCode, ProblemError, UnknownOutcomeError } from "./errors.ts";
export type { ClientPorts } from "./ports.ts";
export type { Limits } from "./send.ts";
