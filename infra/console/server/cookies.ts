// The console's two cookies. Cookies know no ports, so the one that opens carries its port in its name.

export function readCookies(header: string | undefined): Readonly<Record<string, string>> {
  const pairs = (header ?? "").split(";").map((pair) => pair.trim().split("="));
  return Object.fromEntries(pairs.flatMap(([name, value]) => (name && value ? [[name, value]] : [])));
}

export const sessionCookie = (port: number): string => `console_${port}`;
export const languageCookie = "console_language";

const yearS = 365 * 86_400;

export const writeSession = (port: number, token: string): string =>
  `${sessionCookie(port)}=${token}; Path=/; HttpOnly; SameSite=Strict`;
export const writeLanguage = (language: string): string =>
  `${languageCookie}=${language}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${yearS}`;
