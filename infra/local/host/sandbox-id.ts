// What names a sandbox in its credentials and in the addresses it calls.

export const sandboxIdOf = (functionName: string, count: number): string => `${functionName}-${count}`;

/** Also of a sandbox that has ended: what it sent last may arrive after that. */
export const functionNameOf = (sandboxId: string): string => sandboxId.replace(/-\d+$/, "");
