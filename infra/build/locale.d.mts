export type Language = "ko" | "en";

/** Korean where the first of the three that is set names it, as gettext looks; English everywhere else. */
export function languageOf(environment: NodeJS.ProcessEnv): Language;
