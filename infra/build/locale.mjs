// Which language a person at this machine reads. Plain JavaScript: deps.mjs asks before anything is installed.

/** Korean where the first of the three that is set names it, as gettext looks; English everywhere else. */
export function languageOf({ LC_ALL, LC_MESSAGES, LANG }) {
  const locale = LC_ALL || LC_MESSAGES || LANG || "";
  // Konkani begins with the same two letters.
  return /^ko(rean)?([_.@-]|$)/i.test(locale) ? "ko" : "en";
}
