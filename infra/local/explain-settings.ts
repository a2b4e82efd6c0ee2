// Wrong settings, for whoever has to mend them: each problem as the product's own reading names it, and below it what
// the setting means in the reader's language.
import type { Language } from "../build/locale.mjs";
import { settingTexts } from "../build/setting-texts.ts";

const isDescribed = (name: string): name is keyof typeof settingTexts => Object.hasOwn(settingTexts, name);

export function explainSettings(problems: readonly string[], language: Language): string {
  const lines = problems.map((problem) => {
    const named = problem.split(":")[0] ?? "";
    return isDescribed(named) ? `- ${problem}\n    ${settingTexts[named][language]}` : `- ${problem}`;
  });
  return lines.join("\n");
}
